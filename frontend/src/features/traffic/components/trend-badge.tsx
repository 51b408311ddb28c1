import { useQuery } from '@tanstack/react-query';
import { Badge } from '@/components/ui/badge';
import { useFormats, useMessages } from '@/i18n/context';
import { compare } from '@/lib/decimal';
import { metricsQuery } from '../api/metrics';
import { bucketsOf, trend } from '../lib/series';
import { EVERYTHING } from '../lib/view';

/** How the recorded cost has changed lately: the latest stretch against the one before. */
export function TrendBadge({ scenarioId }: { scenarioId: string }) {
  const t = useMessages().traffic;
  const format = useFormats();
  const { data } = useQuery(metricsQuery(scenarioId, EVERYTHING));
  const found = data ? trend(bucketsOf(data), data.interval_seconds) : null;
  if (found === null) return null;
  // A change that rounds to little is none to be glad or alarmed of.
  const tone = compare(found.percent, '1') > 0 ? 'bad' : compare(found.percent, '-1') < 0 ? 'good' : 'plain';
  return <Badge tone={tone}>{t.change[found.window](format.percentChange(found.percent))}</Badge>;
}
