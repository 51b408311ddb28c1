import { useState, type ComponentProps } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { useMessages } from '@/i18n/context';

/** A password that can be looked at while it is typed. */
export function PasswordInput(props: ComponentProps<'input'>) {
  const t = useMessages();
  const [shown, setShown] = useState(false);
  const label = shown ? t.auth.hidePassword : t.auth.showPassword;
  return (
    <span className="relative">
      <Input {...props} type={shown ? 'text' : 'password'} className="pr-11" />
      <Button
        look="quiet"
        size="icon"
        className="absolute top-0.5 right-0.5"
        aria-label={label}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        <svg aria-hidden viewBox="0 0 20 20" className="size-4 fill-none stroke-current stroke-[1.5]">
          <path d="M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5zM10 8a2 2 0 100 4 2 2 0 000-4z" />
          {shown ? null : <path d="M4 16L16 4" />}
        </svg>
      </Button>
    </span>
  );
}
