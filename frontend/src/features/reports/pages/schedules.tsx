import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { EmptyState } from '@/components/empty-state';
import { Listing } from '@/components/listing';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useMessages } from '@/i18n/context';
import { useTitle } from '@/lib/hooks/use-title';
import { pageOf } from '@/lib/pages';
import { useMayWrite } from '@/lib/session/user';
import { schedulesQuery } from '../api/schedules';
import { ReportsHeader } from '../components/reports-header';
import { ScheduleTable } from '../components/schedule-table';

export function SchedulesPage() {
  const t = useMessages().schedules;
  const mayWrite = useMayWrite();
  const [search] = useSearchParams();
  const query = useQuery(schedulesQuery(pageOf(search)));
  useTitle(t.title);
  const create = mayWrite ? (
    <Button asChild look="primary">
      <Link to="/reports/schedules/new">
        <Icon name="plus" />
        {t.create}
      </Link>
    </Button>
  ) : null;
  return (
    <>
      <ReportsHeader title={t.title} lead={t.lead} actions={query.data?.total === 0 ? null : create} />
      <Listing
        query={query}
        none={
          <EmptyState title={t.emptyTitle} action={create}>
            {t.empty}
          </EmptyState>
        }
      >
        {({ items }) => <ScheduleTable schedules={items} />}
      </Listing>
    </>
  );
}
