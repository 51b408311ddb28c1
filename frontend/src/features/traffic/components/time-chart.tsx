import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { SERVICES, type Service } from '@/components/service-mark';
import { useFormats, useMessages } from '@/i18n/context';
import { approximate } from '@/lib/decimal';
import type { BucketLength } from '@/lib/format/times';
import { totalCost, type Bucket } from '../lib/series';
import { dayTicks } from '../lib/ticks';
import type { Measure } from '../lib/view';

interface Props {
  buckets: readonly Bucket[];
  /** Of a bucket. */
  length: BucketLength;
  measure: Measure;
  /** Dollars a bucket that the budget allows, null without one. */
  pace: number | null;
}

const COLOUR: Record<Service | 'logs' | 'tokens', string> = {
  sqs: 'var(--color-sqs)',
  lambda: 'var(--color-lambda)',
  bedrock: 'var(--color-bedrock)',
  logs: 'var(--color-accent)',
  tokens: 'var(--color-bedrock)',
};
// More columns than this stand too close for gaps: an area says the same with one shape.
const MOST_BARS = 100;

/** Cost by service, or logs, or tokens, over time. Loaded when it is shown: Recharts is the largest thing here. */
export function TimeChart({ buckets, length, measure, pace }: Props) {
  const t = useMessages();
  const format = useFormats();
  const keys = measure === 'cost' ? SERVICES : ([measure] as const);
  const data = buckets.map((bucket) => ({
    time: bucket.time,
    logs: bucket.logs,
    tokens: bucket.tokens,
    sqs: approximate(bucket.cost.sqs),
    lambda: approximate(bucket.cost.lambda),
    bedrock: approximate(bucket.cost.bedrock),
  }));
  const days = dayTicks(buckets, length, format.zone);
  const axis = {
    stroke: 'var(--color-edge)',
    tick: { fill: 'var(--color-ink-3)', fontSize: 12 },
    tickLine: false,
  } as const;
  const shown = (value: number) => (measure === 'cost' ? format.usdAxis(value) : format.compact(value));
  return (
    <ResponsiveContainer width="100%" height={300}>
      <ComposedChart
        data={data}
        margin={{ top: 12, right: 4, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--color-rule)" />
        <XAxis
          {...axis}
          dataKey="time"
          minTickGap={48}
          {...(days ? { ticks: days } : {})}
          tickFormatter={(time: number) =>
            days ? format.dayOfYear(new Date(time)) : format.axis(new Date(time), length)
          }
        />
        <YAxis {...axis} width={64} axisLine={false} tickFormatter={shown} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--color-well)', stroke: 'var(--color-edge)' }}
          content={({ active, label }) => {
            const bucket = active ? buckets.find(({ time }) => time === label) : undefined;
            if (!bucket) return null;
            return (
              <div className="rounded-md border border-rule bg-sheet p-3 text-xs shadow-float">
                <p className="font-medium">{format.bucket(new Date(bucket.time), length)}</p>
                {measure === 'cost' ? (
                  <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4">
                    {SERVICES.map((service) => (
                      <div key={service} className="contents">
                        <dt className="text-ink-2">{t.services[service]}</dt>
                        <dd className="text-right">{format.usd(bucket.cost[service])}</dd>
                      </div>
                    ))}
                    <dt className="font-medium">{t.traffic.total}</dt>
                    <dd className="text-right font-medium">{format.usd(totalCost(bucket))}</dd>
                  </dl>
                ) : (
                  <p className="mt-1">
                    {format.quantity(bucket[measure])}{' '}
                    {t.traffic[measure === 'logs' ? 'logsUnit' : 'tokensUnit']}
                  </p>
                )}
              </div>
            );
          }}
        />
        {keys.map((key) =>
          buckets.length <= MOST_BARS ? (
            <Bar
              key={key}
              dataKey={key}
              stackId="all"
              fill={COLOUR[key]}
              isAnimationActive={false}
              maxBarSize={40}
            />
          ) : (
            <Area
              key={key}
              dataKey={key}
              stackId="all"
              type="step"
              fill={COLOUR[key]}
              fillOpacity={0.9}
              stroke={COLOUR[key]}
              strokeWidth={1}
              isAnimationActive={false}
              activeDot={false}
            />
          ),
        )}
        {measure === 'cost' && pace !== null ? (
          <ReferenceLine
            y={pace}
            ifOverflow="extendDomain"
            stroke="var(--color-ink)"
            strokeWidth={1.5}
            strokeDasharray="5 4"
          />
        ) : null}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
