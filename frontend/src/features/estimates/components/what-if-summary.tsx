import { ServiceMark } from '@/components/service-mark';
import { useFormats, useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import type { MonthlyEstimate, VariantEstimate } from '../api/estimates';
import { Delta } from './delta';

interface Props {
  /** The month of the design as it is. */
  monthly: MonthlyEstimate;
  /** That of the design that is tried, once it is known. */
  tried: VariantEstimate | undefined;
  /** Whether it can't be had. */
  impossible: boolean;
  untouched: boolean;
  pending: boolean;
  /** Whether it can't be told now. */
  failed: boolean;
}

/** The month now and then, and the difference; while it is priced anew, the last answer, paler. */
export function WhatIfSummary({ monthly, tried, impossible, untouched, pending, failed }: Props) {
  const t = useMessages();
  const format = useFormats();
  const then = tried?.monthly ?? (untouched || (pending && !impossible) ? monthly : null);
  return (
    <div className="mt-2" aria-busy={pending}>
      <dl className="flex items-baseline gap-6">
        <div>
          <dt className="text-xs text-ink-3">{t.whatIf.now}</dt>
          <dd className="font-serif text-lg text-ink-2">{format.usd(monthly.total_usd)}</dd>
        </div>
        <div className={cn('transition-opacity', pending && 'opacity-50')}>
          <dt className="text-xs text-ink-3">{t.whatIf.then}</dt>
          <dd className="font-serif text-xl">{then ? format.usd(then.total_usd) : '–'}</dd>
        </div>
      </dl>
      <div
        aria-live="polite"
        className={cn('mt-1 min-h-5 font-medium transition-opacity', pending && 'opacity-50')}
      >
        {untouched ? (
          <span className="text-ink-3">{t.whatIf.unchanged}</span>
        ) : tried ? (
          <Delta amount={tried.delta.delta_usd} percent={tried.delta.delta_percent} />
        ) : impossible ? (
          <span className="text-dearer">{t.whatIf.impossible}</span>
        ) : failed ? null : (
          <span className="text-ink-3">{t.whatIf.pricing}</span>
        )}
      </div>
      <ul aria-label={t.whatIf.byService} className="mt-1 flex min-h-4 flex-wrap gap-x-4 text-xs text-ink-2">
        {tried?.delta.services.map((service) => (
          <li key={service.service} className="flex items-center gap-1.5">
            <ServiceMark service={service.service} className="size-2" />
            {t.services[service.service]} {format.usdChange(service.delta_usd)}
          </li>
        ))}
      </ul>
    </div>
  );
}
