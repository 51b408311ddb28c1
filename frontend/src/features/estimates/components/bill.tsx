import { Section } from '@/components/section';
import { ServiceBar, ServiceMark } from '@/components/service-mark';
import { useFormats, useMessages } from '@/i18n/context';
import { shareOf } from '@/lib/decimal';
import { cn } from '@/lib/cn';
import type { Line, MonthlyEstimate, ServiceCost } from '../api/estimates';
import { isFree } from '../lib/lines';
import { PriceSource } from './price-source';

/** The month by service and line, as a bill says it: units × price = cost. */
export function Bill({ monthly, freeTier }: { monthly: MonthlyEstimate; freeTier: boolean }) {
  const t = useMessages().bill;
  const format = useFormats();
  return (
    <Section title={t.breakdown} lead={t.breakdownLead}>
      <ul className="flex flex-col gap-8">
        {monthly.services.map((service) => (
          <Service key={service.service} service={service} total={monthly.total_usd} />
        ))}
      </ul>
      <p className="mt-6 flex items-baseline border-t border-ink pt-3 font-serif text-lg">
        <span className="grow">{t.total}</span>
        <span className="ruled-total">{format.usd(monthly.total_usd)}</span>
      </p>
      <p className="mt-4 text-xs text-ink-3">
        {freeTier ? t.freeOn : t.freeOff}{' '}
        {monthly.pricing_as_of ? `${t.pricingAsOf(format.date(monthly.pricing_as_of))}.` : null}
      </p>
    </Section>
  );
}

function Service({ service, total }: { service: ServiceCost; total: string }) {
  const t = useMessages();
  const format = useFormats();
  const share = shareOf(service.cost_usd, total);
  return (
    <li>
      <h3 className="flex items-baseline gap-2 font-medium">
        <ServiceMark service={service.service} />
        {t.services[service.service]}
        <span className="grow text-ink-3">{format.percent(share)}</span>
        {format.usd(service.cost_usd)}
      </h3>
      <div className="mt-1.5 mb-2">
        <ServiceBar service={service.service} share={share} />
      </div>
      {service.lines.length === 0 ? <p className="text-ink-3">{t.bill.empty}</p> : null}
      <ul>
        {service.lines.map((line, index) => (
          <BillLine key={`${line.item}-${index}`} line={line} />
        ))}
      </ul>
    </li>
  );
}

function BillLine({ line }: { line: Line }) {
  const t = useMessages().bill;
  const format = useFormats();
  const name = t.items[line.item] ?? line.description;
  const unit = t.units[line.unit]?.(line.quantity) ?? line.unit;
  return (
    <li className={cn('border-b border-rule py-2 last:border-b-0', isFree(line) && 'text-cheaper')}>
      <p className="flex items-baseline">
        <span>{name}</span>
        <span aria-hidden className="leader" />
        <span>{format.usd(line.cost_usd)}</span>
      </p>
      <p className="flex flex-wrap items-center gap-x-1 text-xs text-ink-3">
        {t.formula(
          format.quantity(line.quantity),
          unit,
          format.usdExact(line.list_price),
          t.per[line.list_unit] ?? line.list_unit,
        )}
        <PriceSource line={line} name={name} />
        {line.verified ? null : <span className="text-warn">{t.unverifiedMark}</span>}
      </p>
    </li>
  );
}
