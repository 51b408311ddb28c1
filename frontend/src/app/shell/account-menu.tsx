import { useNavigate } from 'react-router';
import { DisplayChoices } from '@/components/display-choices';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Menu, MenuItem, MenuRule } from '@/components/ui/menu';
import { signOut } from '@/features/auth/api/auth';
import { useMessages } from '@/i18n/context';
import { useUser } from '@/lib/session/user';

export function AccountMenu() {
  const t = useMessages().shell;
  const user = useUser();
  const navigate = useNavigate();
  const leave = async () => {
    await signOut().catch(() => null);
    await navigate('/sign-in');
  };
  return (
    <Menu
      trigger={
        <Button look="quiet" size="sm" aria-label={t.account(user.full_name ?? user.email)}>
          <Icon name="user" />
          <span className="hidden max-w-40 truncate sm:inline">{user.full_name ?? user.email}</span>
          <Icon name="chevron" className="size-3.5" />
        </Button>
      }
    >
      <MenuItem icon="user" onSelect={() => void navigate('/account')}>
        {t.profile}
      </MenuItem>
      <MenuRule />
      <DisplayChoices />
      <MenuRule />
      <MenuItem icon="back" onSelect={() => void leave()}>
        {t.signOut}
      </MenuItem>
    </Menu>
  );
}
