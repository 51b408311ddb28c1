import { Section } from '@/components/section';
import { ServiceBar, ServiceMark } from '@/components/service-mark';
import { useFormats, useMessages } from '@/i18n/context';
import type { MonthlyEstimate } from '../api/estimates';
import { drivers } from '../lib/lines';

/** What the month's cost is due to, the dearest first. */
export function Drivers({ monthly }: { monthly: MonthlyEstimate }) {
  const t = useMessages();
  const format = useFormats();
  const ranked = drivers(monthly.services);
  return (
    <Section title={t.bill.drivers} lead={t.bill.driversLead}>
      {ranked.length === 0 ? <p className="text-ink-3">{t.bill.empty}</p> : null}
      <ol className="flex flex-col gap-3">
        {ranked.slice(0, 6).map(({ line, share }) => (
          <li key={`${line.service}-${line.item}-${line.from_quantity}`}>
            <p className="flex items-baseline gap-2">
              <ServiceMark service={line.service} />
              <span className="grow">
                {t.services[line.service]}: {t.bill.items[line.item] ?? line.description}
              </span>
              <span>{format.usd(line.cost_usd)}</span>
              <span className="w-14 text-right text-ink-3">{format.percent(share)}</span>
            </p>
            <div className="mt-1">
              <ServiceBar service={line.service} share={share} />
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}
