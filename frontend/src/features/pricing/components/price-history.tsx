import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '@/components/error-state';
import { Badge } from '@/components/ui/badge';
import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats, useMessages } from '@/i18n/context';
import { historyQuery, type Price } from '../api/pricing';
import { priceName } from './price-name';

export function PriceHistory({ price, onClose }: { price: Price; onClose: () => void }) {
  const t = useMessages();
  const format = useFormats();
  const { data, error } = useQuery(historyQuery(price));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t.prices.historyOf(priceName(price, t))}
      description={t.prices.asOfHint}
    >
      {error ? <ErrorState error={error} /> : null}
      {data === undefined && !error ? <Skeleton className="h-24" /> : null}
      <ol>
        {data?.map((row) => (
          <li key={row.id} className="border-t border-rule py-3">
            <p className="flex items-baseline justify-between gap-4">
              <span className="font-medium">
                {format.usdExact(row.price_per_unit)} {t.prices.units[row.unit]}
              </span>
              <Badge tone={row.verified ? 'good' : 'warn'}>
                {row.verified ? t.prices.verified : t.prices.unverified}
              </Badge>
            </p>
            <p className="text-xs text-ink-3">
              {t.prices.since} {format.date(row.effective_from)}
              {row.effective_to ? `, ${t.prices.until(format.date(row.effective_to))}` : null}
            </p>
            {row.source_url ? (
              <a className="link text-xs break-all" href={row.source_url} target="_blank" rel="noreferrer">
                {row.source_url}
              </a>
            ) : null}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
