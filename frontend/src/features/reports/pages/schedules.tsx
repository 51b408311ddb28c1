import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { EmptyState } from '@/components/empty-state';
import { Listing } from '@/components/listing';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useMessages } from '@/i18n/context';
import { useSearchChange } from '@/lib/hooks/use-search-change';
import { useTitle } from '@/lib/hooks/use-title';
import { useMayWrite } from '@/lib/session/user';
import { schedulesQuery } from '../api/schedules';
import { ReportsHeader } from '../components/reports-header';
import { ScheduleTable } from '../components/schedule-table';
import { pageOf } from '../lib/filters';

export function SchedulesPage() {
  const t = useMessages().schedules;
  const mayWrite = useMayWrite();
  const [search, change] = useSearchChange();
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
        onPage={(page) => change({ page: String(page) })}
      >
        {({ items }) => <ScheduleTable schedules={items} />}
      </Listing>
    </>
  );
}
