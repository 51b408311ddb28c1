import { Dialog } from '@/components/ui/dialog';
import { Button } from '@/components/ui/button';
import { useMessages } from '@/i18n/context';
import { session } from '@/lib/session/current';
import { SignInForm } from './sign-in-form';

/** Over the page as it is: signing in sends what was waiting, and nothing that was typed is lost. */
export function SessionEnded({ email }: { email: string }) {
  const t = useMessages().auth;
  return (
    <Dialog open modalOnly onOpenChange={() => undefined} title={t.ended.title} description={t.ended.lead}>
      <SignInForm email={email} />
      <Button look="quiet" className="mt-3 w-full" onClick={() => session.close()}>
        {t.ended.leave}
      </Button>
    </Dialog>
  );
}
