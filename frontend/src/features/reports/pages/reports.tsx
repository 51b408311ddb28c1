import { useSearchParams } from 'react-router';
import { useMessages } from '@/i18n/context';
import { useTitle } from '@/lib/hooks/use-title';
import { LinkedReport } from '../components/linked-report';
import { ReportList } from '../components/report-list';
import { ReportsHeader } from '../components/reports-header';

export function ReportsPage() {
  const t = useMessages().reports;
  const [search] = useSearchParams();
  const linked = search.get('report');
  useTitle(t.title);
  return (
    <>
      <ReportsHeader title={t.title} lead={t.lead} />
      {linked === null ? null : <LinkedReport id={linked} />}
      <ReportList scenarioId={null} />
    </>
  );
}
