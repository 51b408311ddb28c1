import { Section } from '@/components/section';
import { ReportList } from '@/features/reports/components/report-list';
import { useMessages } from '@/i18n/context';
import { useScenario } from './layout';

export function ScenarioReportsPage() {
  const t = useMessages().reports;
  return (
    <Section title={t.title} lead={t.ofScenarioLead}>
      <ReportList scenarioId={useScenario().id} />
    </Section>
  );
}
