import { Explain } from '@/components/explain';
import { useFormats, useMessages } from '@/i18n/context';
import type { Line } from '../api/estimates';

/** Where a line's price comes from, since when it holds, and whether AWS itself says so. */
export function PriceSource({ line, name }: { line: Line; name: string }) {
  const t = useMessages().bill;
  const format = useFormats();
  const band =
    line.to_quantity === null
      ? t.source.bandOpen(format.compact(line.from_quantity))
      : t.source.band(format.compact(line.from_quantity), format.compact(line.to_quantity));
  const tiered = line.to_quantity !== null || line.from_quantity !== '0';
  return (
    <Explain label={t.source.open(name)} icon={line.verified ? 'info' : 'warning'}>
      <dl className="space-y-2">
        <div>
          <dt className="text-xs text-ink-3">{t.source.price}</dt>
          <dd className="text-ink">
            {format.usdExact(line.list_price)} {t.per[line.list_unit] ?? line.list_unit}
          </dd>
        </div>
        <div>
          <dt className="text-xs text-ink-3">{t.source.tier}</dt>
          <dd className="text-ink">
            {t.source.tiers[line.tier] ?? line.tier}
            {tiered ? `, ${band}` : null}
          </dd>
        </div>
      </dl>
      <p className="mt-3">{t.source.since(format.date(line.price_date))}.</p>
      <p className={line.verified ? 'mt-1 text-cheaper' : 'mt-1 text-warn'}>
        {line.verified ? t.source.verified : t.source.unverified}.
      </p>
      {line.price_source ? (
        <a className="link mt-2 block break-all" href={line.price_source} target="_blank" rel="noreferrer">
          {t.source.link}
        </a>
      ) : null}
    </Explain>
  );
}
