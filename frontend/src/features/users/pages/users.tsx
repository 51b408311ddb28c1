import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { explainError } from '@/components/error-state';
import { Listing } from '@/components/listing';
import { PageHeader } from '@/components/page-header';
import { SearchInput } from '@/components/search-input';
import { Badge } from '@/components/ui/badge';
import { Checkbox } from '@/components/ui/checkbox';
import { Confirm } from '@/components/ui/confirm';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { Table, Td, Th } from '@/components/ui/table';
import { useFormats, useMessages } from '@/i18n/context';
import { useNow } from '@/lib/hooks/use-now';
import { useSearchChange } from '@/lib/hooks/use-search-change';
import { useTitle } from '@/lib/hooks/use-title';
import { pageOf } from '@/lib/pages';
import { useUser } from '@/lib/session/user';
import { toast } from '@/lib/toasts';
import { ROLES, useChangeUser, usersQuery, type Role, type User, type UserFilters } from '../api/users';

export function UsersPage() {
  const t = useMessages();
  const [search, change] = useSearchChange();
  const q = search.get('q');
  const role = ROLES.find((known) => known === search.get('role'));
  const filters: UserFilters = {
    ...(q ? { q } : {}),
    ...(role ? { role } : {}),
    page: pageOf(search),
  };
  const query = useQuery(usersQuery(filters));
  const find = useCallback((text: string) => change({ q: text, page: null }), [change]);
  useTitle(t.users.title);
  return (
    <>
      <PageHeader title={t.users.title} lead={t.users.lead} />
      <search className="mb-6 flex flex-wrap gap-3">
        <Field label={t.users.search} hideLabel className="w-full sm:w-72">
          {(control) => (
            <SearchInput {...control} placeholder={t.users.searchHint} value={q ?? ''} onSearch={find} />
          )}
        </Field>
        <Field label={t.users.role} hideLabel className="w-40">
          {(control) => (
            <Select
              {...control}
              value={role ?? ''}
              onChange={(event) => change({ role: event.target.value, page: null })}
            >
              <option value="">{t.users.anyRole}</option>
              {ROLES.map((each) => (
                <option key={each} value={each}>
                  {t.auth.roles[each]}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </search>
      <Listing query={query} none={<p className="py-16 text-center text-ink-2">{t.users.none}</p>}>
        {({ items }) => <UserTable users={items} />}
      </Listing>
    </>
  );
}

function UserTable({ users }: { users: readonly User[] }) {
  const t = useMessages();
  const format = useFormats();
  const me = useUser();
  const now = useNow(30_000);
  const change = useChangeUser();
  const [locking, setLocking] = useState<User | null>(null);
  const set = (user: User, body: { role?: Role; is_active?: boolean }) =>
    change.mutate(
      { id: user.id, ...body },
      {
        onSuccess: () => toast(t.users.changed(user.email)),
        onError: (error) => toast(explainError(error, t).title, 'bad'),
      },
    );
  return (
    <>
      <Table label={t.users.title}>
        <thead>
          <tr>
            <Th>{t.users.name}</Th>
            <Th>{t.users.role}</Th>
            <Th>{t.users.active}</Th>
            <Th>{t.users.lastLogin}</Th>
            <Th>{t.users.since}</Th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => {
            // Nobody locks themselves out, or gives away the last way in, by a slip.
            const self = user.id === me.id;
            return (
              <tr key={user.id}>
                <Td>
                  <span className="font-medium">{user.full_name ?? user.email}</span>{' '}
                  {self ? <Badge tone="accent">{t.users.you}</Badge> : null}
                  <span className="block min-w-40 text-xs wrap-anywhere text-ink-3">{user.email}</span>
                </Td>
                <Td className="min-w-40">
                  <Select
                    aria-label={`${t.users.role}: ${user.email}`}
                    disabled={self}
                    value={user.role}
                    onChange={(event) => set(user, { role: event.target.value as Role })}
                  >
                    {ROLES.map((role) => (
                      <option key={role} value={role}>
                        {t.auth.roles[role]}
                      </option>
                    ))}
                  </Select>
                </Td>
                <Td>
                  <Checkbox
                    label={<span className="sr-only">{`${t.users.active}: ${user.email}`}</span>}
                    checked={user.is_active}
                    disabled={self}
                    onChange={(active) => {
                      if (active) set(user, { is_active: true });
                      else setLocking(user);
                    }}
                  />
                </Td>
                <Td className="whitespace-nowrap text-ink-2">
                  {user.last_login ? format.ago(user.last_login, now) : t.users.never}
                </Td>
                <Td className="whitespace-nowrap text-ink-2">{format.date(user.created_at)}</Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      <Confirm
        open={locking !== null}
        onOpenChange={() => setLocking(null)}
        title={t.users.disableTitle(locking?.email ?? '')}
        consequence={t.users.disableConsequence}
        action={t.users.disable}
        pending={change.isPending}
        onConfirm={async () => {
          if (!locking) return;
          await change.mutateAsync({ id: locking.id, is_active: false });
          setLocking(null);
          toast(t.users.changed(locking.email));
        }}
      />
    </>
  );
}
