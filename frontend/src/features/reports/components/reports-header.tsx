import type { ReactNode } from 'react';
import { PageHeader } from '@/components/page-header';
import { Tab, Tabs } from '@/components/tabs';
import { useMessages } from '@/i18n/context';

interface Props {
  title: string;
  lead: string;
  actions?: ReactNode;
}

/** What reports and schedules have above them: the way from one to the other. */
export function ReportsHeader({ title, lead, actions }: Props) {
  const t = useMessages().reports;
  return (
    <>
      <PageHeader title={title} lead={lead} actions={actions} />
      <Tabs label={t.tabs.label}>
        <Tab to="/reports" end>
          {t.tabs.reports}
        </Tab>
        <Tab to="/reports/schedules">{t.tabs.schedules}</Tab>
      </Tabs>
    </>
  );
}
