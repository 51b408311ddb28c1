import { useMessages } from '@/i18n/context';
import { useOwnerOf } from '@/lib/session/user';
import type { Scenario } from '../api/scenarios';

/** Whose a scenario is; nothing where it is one's own. */
export function Owner({ of }: { of: Pick<Scenario, 'user_id' | 'owner_email'> }) {
  const t = useMessages().scenarios;
  const owner = useOwnerOf()(of);
  return owner === null ? null : <span className="break-all">{t.ownedBy(owner)}</span>;
}
