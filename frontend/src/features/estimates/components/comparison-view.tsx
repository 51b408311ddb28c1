import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Section } from '@/components/section';
import { SERVICES, ServiceMark } from '@/components/service-mark';
import { Badge } from '@/components/ui/badge';
import { Table, Td, Th } from '@/components/ui/table';
import { useFormats, useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import { compare, divide, multiply, negate, shareOf } from '@/lib/decimal';
import { whole } from '@/lib/design/pipeline';
import type { Comparison } from '../api/estimates';
import { comparedLines, mainReason } from '../lib/comparison';
import { designDifferences } from '../lib/settings';
import { Delta } from './delta';
import { Warnings } from './warnings';

type Compared = Comparison['scenarios'][number];

/** Scenarios side by side: what each costs, why, and where the designs differ. */
export function ComparisonView({ comparison }: { comparison: Comparison }) {
  const t = useMessages();
  const scenarios = comparison.scenarios;
  return (
    <div className="flex flex-col gap-14">
      <Columns scenarios={scenarios} />
      <Reasons scenarios={scenarios} />
      <Section title={t.compare.bill} lead={t.compare.billLead}>
        <Lines scenarios={scenarios} />
      </Section>
      <Section title={t.compare.design}>
        <Designs scenarios={scenarios} />
      </Section>
    </div>
  );
}

function Columns({ scenarios }: { scenarios: readonly Compared[] }) {
  const t = useMessages();
  const format = useFormats();
  const most = scenarios.reduce(
    (max, { monthly }) => (compare(monthly.high_usd, max) > 0 ? monthly.high_usd : max),
    '0',
  );
  return (
    <ul className="grid gap-x-8 gap-y-10 sm:grid-cols-2 xl:auto-cols-fr xl:grid-flow-col xl:grid-cols-none">
      {scenarios.map((scenario, index) => {
        const { monthly } = scenario;
        const perThousand = divide(multiply(monthly.total_usd, 1000), monthly.usage.logs);
        return (
          <li key={scenario.scenario_id} className="border-t-2 border-ink pt-3">
            <h2 className="text-lg">
              <Link to={`/scenarios/${scenario.scenario_id}`} className="hover:underline">
                {scenario.name}
              </Link>
            </h2>
            <p className="text-xs text-ink-3">
              {scenario.region} ({t.regions[scenario.region]})
            </p>
            <p className="mt-3 font-serif text-2xl">{format.usd(monthly.expected_usd)}</p>
            <p className="min-h-6">
              {scenario.delta ? (
                <Delta
                  className="font-medium"
                  amount={scenario.delta.delta_usd}
                  percent={scenario.delta.delta_percent}
                />
              ) : index === 0 ? (
                <Badge>{t.compare.first}</Badge>
              ) : null}
            </p>
            <div aria-hidden className="mt-3 flex h-3 bg-well">
              {SERVICES.map((name) => {
                const cost = monthly.services.find(({ service }) => service === name)?.cost_usd ?? '0';
                return <Stack key={name} service={name} share={shareOf(cost, most)} />;
              })}
            </div>
            <dl className="mt-4 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5">
              {SERVICES.map((name) => {
                const delta = scenario.delta?.services.find(({ service }) => service === name);
                const cost = monthly.services.find(({ service }) => service === name)?.cost_usd ?? '0';
                return (
                  <Row
                    key={name}
                    term={
                      <span className="flex items-center gap-2">
                        <ServiceMark service={name} />
                        {t.services[name]}
                      </span>
                    }
                  >
                    {delta && compare(delta.delta_usd, '0') !== 0 ? (
                      <Delta className="mr-3 text-xs" amount={delta.delta_usd} percent={null} />
                    ) : null}
                    {format.usd(cost)}
                  </Row>
                );
              })}
              <Row term={t.compare.interval}>
                {monthly.confidence === null
                  ? '–'
                  : `${format.usd(monthly.low_usd)} – ${format.usd(monthly.high_usd)}`}
              </Row>
              <Row term={t.compare.logs}>{format.compact(monthly.usage.logs)}</Row>
              <Row term={t.compare.perThousand}>
                {perThousand === null ? t.compare.none : format.usd(perThousand)}
              </Row>
            </dl>
            <Warnings monthly={monthly} className="mt-4 text-xs" />
          </li>
        );
      })}
    </ul>
  );
}

const FILL = { sqs: 'bg-sqs', lambda: 'bg-lambda', bedrock: 'bg-bedrock' };

function Stack({ service, share }: { service: keyof typeof FILL; share: number }) {
  return <span className={cn('block', FILL[service])} style={{ width: `${share * 100}%` }} />;
}

function Row({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{term}</dt>
      <dd className="text-right">{children}</dd>
    </>
  );
}

function Reasons({ scenarios }: { scenarios: readonly Compared[] }) {
  const t = useMessages();
  const format = useFormats();
  const lines = comparedLines(scenarios);
  return (
    <Section title={t.compare.why}>
      <ul className="flex max-w-prose flex-col gap-2 text-base">
        {scenarios.slice(1).map((scenario, index) => {
          const delta = scenario.delta?.delta_usd ?? '0';
          const reason = mainReason(lines, index + 1, delta);
          if (!reason) return <li key={scenario.scenario_id}>{t.compare.whySame(scenario.name)}</li>;
          const dearer = compare(delta, '0') > 0;
          const name = `${t.services[reason.line.service]}: ${t.bill.items[reason.line.item] ?? reason.line.item}`;
          return (
            <li key={scenario.scenario_id}>
              {(dearer ? t.compare.whyDearer : t.compare.whyCheaper)(
                scenario.name,
                format.usd(dearer ? delta : negate(delta)),
                name,
                format.usd(dearer ? reason.difference : negate(reason.difference)),
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function Lines({ scenarios }: { scenarios: readonly Compared[] }) {
  const t = useMessages();
  const format = useFormats();
  return (
    <Table label={t.compare.bill}>
      <thead>
        <tr>
          <Th>{t.compare.line}</Th>
          {scenarios.map((scenario) => (
            <Th key={scenario.scenario_id} className="text-right whitespace-normal">
              {scenario.name}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {comparedLines(scenarios).map((line) => (
          <tr key={line.key}>
            <Th scope="row" className="border-rule text-sm font-normal whitespace-normal text-ink">
              <span className="flex items-center gap-2">
                <ServiceMark service={line.service} />
                {t.services[line.service]}: {t.bill.items[line.item] ?? line.item}
              </span>
            </Th>
            {line.costs.map((cost, index) => (
              <Td key={scenarios[index]?.scenario_id} className="text-right whitespace-nowrap">
                {cost === null ? t.compare.none : format.usd(cost)}
              </Td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Designs({ scenarios }: { scenarios: readonly Compared[] }) {
  const t = useMessages();
  const format = useFormats();
  const designs = scenarios.map(({ pipeline }) => whole(pipeline));
  const differences = designDifferences(designs, t, format);
  if (differences.length === 0) return <p className="text-ink-2">{t.compare.designSame}</p>;
  return (
    <Table label={t.compare.design}>
      <thead>
        <tr>
          <Th>{t.compare.field}</Th>
          {scenarios.map((scenario) => (
            <Th key={scenario.scenario_id} className="whitespace-normal">
              {scenario.name}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {differences.map(({ part, field, label, values }) => (
          <tr key={`${part}.${field}`}>
            <Th scope="row" className="border-rule text-sm font-normal whitespace-normal text-ink">
              {label}
              <span className="block text-xs text-ink-3">{t.design.parts[part]}</span>
            </Th>
            {values.map((value, index) => (
              <Td key={scenarios[index]?.scenario_id} className="wrap-anywhere">
                {value}
              </Td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
