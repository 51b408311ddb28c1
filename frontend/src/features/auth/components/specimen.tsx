import { useFormats, useMessages } from '@/i18n/context';

// A month at us-east-1's list prices: 12 M SQS requests at $0.40 a million; 0.4 M arm64 invocations of 100 ms at
// 128 MB; 300 M input tokens at $0.06 and 10 M output tokens at $0.24 a million (Nova Lite).
const LINES = [
  { service: 'sqs', cost: '4.80', colour: 'bg-sqs' },
  { service: 'lambda', cost: '0.15', colour: 'bg-lambda' },
  { service: 'bedrock', cost: '20.40', colour: 'bg-bedrock' },
] as const;
const TOTAL = '25.35';

/** The bill that the product is about, as it would come out of a till. */
export function Specimen() {
  const t = useMessages().auth.specimen;
  const format = useFormats();
  return (
    <figure
      aria-label={t.label}
      className="w-full max-w-sm -rotate-1 drop-shadow-[0_18px_30px_rgb(0_0_0/0.18)]"
    >
      <div className="torn bg-sheet px-8 pt-8 pb-10 text-ink">
        <p className="border-b border-ink pb-3 text-center font-mono text-xs tracking-[0.2em] uppercase">
          mockupAWS
        </p>
        <p className="pt-3 text-xs text-ink-3">{t.caption}</p>
        <dl className="mt-4 space-y-2.5">
          {LINES.map(({ service, cost, colour }) => (
            <div key={service} className="flex items-baseline">
              <dt className="flex items-center gap-2">
                <span aria-hidden className={`size-2.5 ${colour}`} />
                {t[service]}
              </dt>
              <span aria-hidden className="leader" />
              <dd>{format.usd(cost)}</dd>
            </div>
          ))}
          <div className="flex items-baseline justify-between border-t border-ink pt-3 font-serif text-lg">
            <dt>{t.total}</dt>
            <dd className="ruled-total">{format.usd(TOTAL)}</dd>
          </div>
        </dl>
        <figcaption className="mt-6 text-center text-xs text-ink-3">{t.note}</figcaption>
      </div>
    </figure>
  );
}
