import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { EmptyState } from '@/components/empty-state';
import { Listing } from '@/components/listing';
import { PageHeader } from '@/components/page-header';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { Icon } from '@/components/ui/icon';
import { Table, Td, Th } from '@/components/ui/table';
import { useFormats, useMessages } from '@/i18n/context';
import { useNow } from '@/lib/hooks/use-now';
import { useTitle } from '@/lib/hooks/use-title';
import { pageOf } from '@/lib/pages';
import { toast } from '@/lib/toasts';
import { keysQuery, useRevokeKey, useRotateKey, type ApiKey, type IssuedApiKey } from '../api/api-keys';
import { IssuedKeyDialog } from '../components/issued-key-dialog';
import { NewKeyDialog } from '../components/new-key-dialog';

type Asking = { what: 'rotate' | 'revoke'; key: ApiKey } | null;

export function ApiKeysPage() {
  const t = useMessages();
  const [search] = useSearchParams();
  const query = useQuery(keysQuery(pageOf(search)));
  const [making, setMaking] = useState(false);
  const [issued, setIssued] = useState<IssuedApiKey | null>(null);
  const [asking, setAsking] = useState<Asking>(null);
  const rotate = useRotateKey();
  const revoke = useRevokeKey();
  useTitle(t.keys.title);

  const create = (
    <Button look="primary" aria-haspopup="dialog" onClick={() => setMaking(true)}>
      <Icon name="plus" />
      {t.keys.create}
    </Button>
  );
  return (
    <>
      <PageHeader title={t.keys.title} lead={t.keys.lead} actions={query.data?.total === 0 ? null : create} />
      <Listing
        query={query}
        none={
          <EmptyState title={t.keys.emptyTitle} action={create}>
            {t.keys.empty}
          </EmptyState>
        }
      >
        {({ items }) => <KeyTable keys={items} onAsk={setAsking} />}
      </Listing>
      {making ? (
        <NewKeyDialog
          onClose={() => setMaking(false)}
          onIssued={(key) => {
            setMaking(false);
            setIssued(key);
          }}
        />
      ) : null}
      {issued ? <IssuedKeyDialog issued={issued} onClose={() => setIssued(null)} /> : null}
      <Confirm
        open={asking?.what === 'rotate'}
        onOpenChange={() => setAsking(null)}
        title={t.keys.rotateTitle(asking?.key.name ?? '')}
        consequence={t.keys.rotateConsequence}
        action={t.keys.rotate}
        pending={rotate.isPending}
        onConfirm={async () => {
          if (!asking) return;
          const key = await rotate.mutateAsync(asking.key.id);
          setAsking(null);
          setIssued(key);
        }}
      />
      <Confirm
        open={asking?.what === 'revoke'}
        onOpenChange={() => setAsking(null)}
        title={t.keys.revokeTitle(asking?.key.name ?? '')}
        consequence={t.keys.revokeConsequence}
        action={t.keys.revoke}
        pending={revoke.isPending}
        onConfirm={async () => {
          if (!asking) return;
          await revoke.mutateAsync(asking.key.id);
          setAsking(null);
          toast(t.keys.revokedTold(asking.key.name));
        }}
      />
    </>
  );
}

function KeyTable({ keys, onAsk }: { keys: readonly ApiKey[]; onAsk: (asking: Asking) => void }) {
  const t = useMessages().keys;
  const format = useFormats();
  const now = useNow(30_000);
  return (
    <Table label={t.title}>
      <thead>
        <tr>
          <Th>{t.name}</Th>
          <Th>{t.state}</Th>
          <Th className="hidden lg:table-cell">{t.prefix}</Th>
          <Th className="hidden lg:table-cell">{t.scopes}</Th>
          <Th className="hidden lg:table-cell">{t.lastUsed}</Th>
          <Th className="hidden lg:table-cell">{t.expires}</Th>
          <Th className="hidden lg:table-cell">
            <span className="sr-only">
              {t.rotate}, {t.revoke}
            </span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => {
          const expired = key.expires_at !== null && new Date(key.expires_at) <= now;
          const usable = key.is_active && !expired;
          const prefix = <code className="font-mono text-xs">mk_{key.prefix}_…</code>;
          const scopes = (
            <span className="flex flex-wrap gap-1">
              {key.scopes.map((scope) => (
                <Badge key={scope}>{scope}</Badge>
              ))}
            </span>
          );
          const used = key.last_used_at ? format.ago(key.last_used_at, now) : t.notUsed;
          const expires = key.expires_at ? format.date(key.expires_at) : t.never;
          const actions = usable ? (
            <span className="flex gap-1">
              <Button
                look="quiet"
                size="sm"
                aria-label={`${t.rotate} ${key.name}`}
                aria-haspopup="dialog"
                onClick={() => onAsk({ what: 'rotate', key })}
              >
                {t.rotate}
              </Button>
              <Button
                look="quiet"
                size="sm"
                aria-label={`${t.revoke} ${key.name}`}
                aria-haspopup="dialog"
                onClick={() => onAsk({ what: 'revoke', key })}
              >
                {t.revoke}
              </Button>
            </span>
          ) : null;
          return (
            <tr key={key.id}>
              <Td>
                <span className="font-medium wrap-anywhere">{key.name}</span>
                <div className="mt-1 space-y-1.5 lg:hidden">
                  <p>{prefix}</p>
                  {scopes}
                  <p className="text-xs text-ink-3">
                    {t.lastUsed}: {used} · {t.expires}: {expires}
                  </p>
                  {actions}
                </div>
              </Td>
              <Td>
                <Badge tone={usable ? 'good' : 'plain'}>
                  {usable ? t.active : key.is_active ? t.expired : t.revoked}
                </Badge>
              </Td>
              <Td className="hidden lg:table-cell">{prefix}</Td>
              <Td className="hidden min-w-48 lg:table-cell">{scopes}</Td>
              <Td className="hidden whitespace-nowrap text-ink-2 lg:table-cell">{used}</Td>
              <Td className="hidden whitespace-nowrap text-ink-2 lg:table-cell">{expires}</Td>
              <Td className="hidden lg:table-cell">
                <span className="-my-1.5 flex justify-end">{actions}</span>
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
