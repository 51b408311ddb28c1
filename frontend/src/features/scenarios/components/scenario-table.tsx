import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Table, Td, Th } from '@/components/ui/table';
import { useFormats, useMessages } from '@/i18n/context';
import { useNow } from '@/lib/hooks/use-now';
import type { ListedScenario } from '../api/scenarios';
import { Owner } from './owner';
import { Sparkline } from './sparkline';
import { StatusBadge } from './status-badge';

interface Props {
  scenarios: readonly ListedScenario[];
  /** A scenario's expected month, which another part of the dashboard knows. */
  month: (scenario: ListedScenario) => ReactNode;
}

export function ScenarioTable({ scenarios, month }: Props) {
  const t = useMessages().scenarios;
  const format = useFormats();
  const now = useNow(30_000);
  return (
    <Table label={t.title} outerClassName="hidden md:block">
      <thead>
        <tr>
          <Th>{t.columns.name}</Th>
          <Th>{t.status}</Th>
          <Th className="text-right">{t.columns.month}</Th>
          <Th>{t.columns.trend}</Th>
          <Th className="text-right">{t.columns.logs}</Th>
          <Th className="text-right">{t.columns.recorded}</Th>
          <Th className="text-right">{t.columns.changed}</Th>
        </tr>
      </thead>
      <tbody>
        {scenarios.map((scenario) => (
          <tr key={scenario.id} className="hover:bg-well/60">
            <Td className="max-w-md">
              <Link
                to={`/scenarios/${scenario.id}`}
                className="inline-block pb-1 font-medium hover:underline"
              >
                {scenario.name}
              </Link>
              <p className="flex flex-wrap gap-x-2 text-xs leading-6 text-ink-3">
                <Owner of={scenario} />
                {scenario.region}
                {scenario.tags.map((tag) => (
                  <Link
                    key={tag}
                    to={{ search: `?tag=${encodeURIComponent(tag)}` }}
                    className="hover:underline"
                  >
                    #{tag}
                  </Link>
                ))}
              </p>
            </Td>
            <Td>
              <StatusBadge status={scenario.status} />
            </Td>
            <Td className="text-right font-serif text-base leading-5">{month(scenario)}</Td>
            <Td>
              <Sparkline trend={scenario.trend} />
            </Td>
            <Td className="text-right">{format.quantity(scenario.total_requests)}</Td>
            <Td className="text-right">{format.usd(scenario.total_cost_estimate)}</Td>
            <Td className="text-right whitespace-nowrap text-ink-3">
              {format.ago(scenario.updated_at, now)}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** The same for a narrow screen: one after the other. */
export function ScenarioList({ scenarios, month }: Props) {
  const t = useMessages().scenarios;
  const format = useFormats();
  return (
    <ul className="md:hidden">
      {scenarios.map((scenario) => (
        <li key={scenario.id} className="relative border-b border-rule py-4">
          <div className="flex items-start justify-between gap-3">
            <Link to={`/scenarios/${scenario.id}`} className="font-medium after:absolute after:inset-0">
              {scenario.name}
            </Link>
            <StatusBadge status={scenario.status} />
          </div>
          <p className="text-xs text-ink-3 empty:hidden">
            <Owner of={scenario} />
          </p>
          <dl className="mt-2 flex justify-between gap-4">
            <div>
              <dt className="text-xs text-ink-3">{t.columns.month}</dt>
              <dd className="font-serif text-base">{month(scenario)}</dd>
            </div>
            <div className="text-right">
              <dt className="text-xs text-ink-3">{t.columns.logs}</dt>
              <dd>{format.quantity(scenario.total_requests)}</dd>
            </div>
          </dl>
        </li>
      ))}
    </ul>
  );
}
