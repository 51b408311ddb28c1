import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { Icon } from '@/components/ui/icon';
import { Menu, MenuItem, MenuRule } from '@/components/ui/menu';
import { PageHeader } from '@/components/page-header';
import { explainError } from '@/components/error-state';
import { Tab, Tabs } from '@/components/tabs';
import { Wording } from '@/components/wording';
import { useMessages } from '@/i18n/context';
import { useMayWrite } from '@/lib/session/user';
import { toast } from '@/lib/toasts';
import { useDeleteScenario, useMoveScenario, type Scenario } from '../api/scenarios';
import { Owner } from './owner';
import { StatusBadge } from './status-badge';

/** A scenario's name and state, what can be done with it, and the way to its parts. */
export function ScenarioHeader({ scenario }: { scenario: Scenario }) {
  const t = useMessages();
  return (
    <>
      <PageHeader
        above={
          <Link to="/" className="hover:underline">
            {t.shell.scenarios}
          </Link>
        }
        title={scenario.name}
        lead={
          <div className="flex flex-col gap-2">
            {scenario.description ? (
              <p>
                <Wording>{scenario.description}</Wording>
              </p>
            ) : null}
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <StatusBadge status={scenario.status} />
              <Owner of={scenario} />
              <span>
                {scenario.region} ({t.regions[scenario.region]})
              </span>
              {scenario.tags.map((tag) => (
                <Link key={tag} to={`/?tag=${encodeURIComponent(tag)}`} className="hover:underline">
                  #{tag}
                </Link>
              ))}
            </p>
          </div>
        }
        actions={useMayWrite() ? <Actions scenario={scenario} /> : null}
      />
      <Tabs label={t.scenarios.tabs.label}>
        <Tab to="." end>
          {t.scenarios.tabs.bill}
        </Tab>
        <Tab to="logs">{t.scenarios.tabs.logs}</Tab>
        <Tab to="rejected">{t.scenarios.tabs.rejected}</Tab>
        <Tab to="reports">{t.reports.title}</Tab>
        <Tab to="send">{t.scenarios.tabs.send}</Tab>
      </Tabs>
    </>
  );
}

function Actions({ scenario }: { scenario: Scenario }) {
  const t = useMessages();
  const navigate = useNavigate();
  const move = useMoveScenario(scenario.id);
  const remove = useDeleteScenario(scenario.id);
  const [asking, setAsking] = useState<'archive' | 'delete' | null>(null);
  const told = { start: t.scenarios.started, stop: t.scenarios.stopped };

  const go = (transition: keyof typeof told) =>
    move.mutate(transition, {
      onSuccess: () => toast(told[transition]),
      onError: (error) => toast(explainError(error, t).title, 'bad'),
    });

  const { status } = scenario;
  return (
    <>
      {status === 'draft' || status === 'completed' ? (
        <Button look="primary" pending={move.isPending} onClick={() => go('start')}>
          <Icon name="play" />
          {t.scenarios.start}
        </Button>
      ) : null}
      {status === 'running' ? (
        <Button pending={move.isPending} onClick={() => go('stop')}>
          <Icon name="stop" />
          {t.scenarios.stop}
        </Button>
      ) : null}
      <Menu
        trigger={
          <Button aria-label={t.common.more}>
            {t.common.more}
            <Icon name="chevron" className="size-3.5" />
          </Button>
        }
      >
        <MenuItem
          icon="edit"
          disabled={status === 'archived'}
          onSelect={() => void navigate(`/scenarios/${scenario.id}/edit`)}
        >
          {t.scenarios.edit}
        </MenuItem>
        <MenuItem
          icon="archive"
          disabled={status === 'archived' || status === 'running'}
          asks
          onSelect={() => setAsking('archive')}
        >
          {t.scenarios.archive}
        </MenuItem>
        <MenuRule />
        <MenuItem icon="trash" danger asks onSelect={() => setAsking('delete')}>
          {t.scenarios.delete}
        </MenuItem>
      </Menu>
      <Confirm
        open={asking === 'archive'}
        onOpenChange={() => setAsking(null)}
        title={t.scenarios.archiveTitle}
        consequence={t.scenarios.archiveConsequence}
        action={t.scenarios.archive}
        pending={move.isPending}
        onConfirm={async () => {
          await move.mutateAsync('archive');
          toast(t.scenarios.archived);
          setAsking(null);
        }}
      />
      <Confirm
        open={asking === 'delete'}
        onOpenChange={() => setAsking(null)}
        title={t.scenarios.deleteTitle(scenario.name)}
        consequence={t.scenarios.deleteConsequence}
        action={t.scenarios.delete}
        pending={remove.isPending}
        onConfirm={async () => {
          await remove.mutateAsync();
          toast(t.scenarios.deleted(scenario.name));
          await navigate('/');
        }}
      />
    </>
  );
}
