import { useFormats, useMessages } from '@/i18n/context';
import type { ListedScenario } from '../api/scenarios';

const HOURS = 24;
const HOUR_MS = 3_600_000;

/** The logs of each of the last 24 hours that were recorded; an hour without any is a gap. */
export function Sparkline({ trend }: { trend: ListedScenario['trend'] }) {
  const t = useMessages().scenarios;
  const format = useFormats();
  const last = trend.at(-1);
  if (!last) return null;
  const end = Date.parse(last.timestamp);
  const most = Math.max(...trend.map(({ logs }) => logs), 1);
  const total = trend.reduce((sum, { logs }) => sum + logs, 0);
  return (
    <svg
      role="img"
      aria-label={t.trendLabel(format.quantity(total))}
      viewBox={`0 0 ${HOURS * 4} 24`}
      className="h-6 w-24 fill-accent"
    >
      {trend.map(({ timestamp, logs }) => {
        const height = Math.max(1, (logs / most) * 24);
        const hour = HOURS - 1 - Math.round((end - Date.parse(timestamp)) / HOUR_MS);
        return <rect key={timestamp} x={hour * 4} y={24 - height} width={3} height={height} />;
      })}
    </svg>
  );
}
