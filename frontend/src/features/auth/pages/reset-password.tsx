import { Link, useLocation, useNavigate } from 'react-router';
import { ErrorState } from '@/components/error-state';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useMessages } from '@/i18n/context';
import { ApiError } from '@/lib/api/errors';
import { present, useForm } from '@/lib/hooks/use-form';
import { session } from '@/lib/session/current';
import { resetPassword } from '../api/auth';
import { AuthPage } from '../components/auth-page';
import { newPasswordProblem } from '../components/credentials';
import { PasswordInput } from '../components/password-input';

export function ResetPasswordPage() {
  const t = useMessages();
  const navigate = useNavigate();
  const { hash, search } = useLocation();
  // In the fragment, which no server and no referrer sees; older mails' query is read too.
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? new URLSearchParams(search).get('token');
  const form = useForm({
    initial: { new_password: '' },
    validate: (values) => present({ new_password: newPasswordProblem(values.new_password, t) }),
    send: async (values) => {
      await resetPassword({ token: token ?? '', new_password: values.new_password });
      session.close(t.auth.reset.done);
      await navigate('/sign-in');
    },
  });
  const spent = form.problem instanceof ApiError && form.problem.problem.status < 429;
  if (token === null || spent) {
    return (
      <AuthPage title={t.auth.reset.title}>
        <p role="alert" className="text-base text-ink-2">
          {token === null ? t.auth.reset.noToken : t.auth.reset.expired}
        </p>
        <Button asChild look="primary" className="mt-6">
          <Link to="/forgotten-password">{t.auth.reset.again}</Link>
        </Button>
      </AuthPage>
    );
  }
  return (
    <AuthPage title={t.auth.reset.title} lead={t.auth.reset.lead}>
      <form noValidate onSubmit={form.submit} className="flex flex-col gap-5">
        {form.problem ? <ErrorState error={form.problem} /> : null}
        <Field label={t.auth.newPassword} hint={t.auth.passwordRules} error={form.errors.new_password}>
          {(control) => (
            <PasswordInput {...control} autoComplete="new-password" {...form.text('new_password')} />
          )}
        </Field>
        <Button type="submit" look="primary" pending={form.pending}>
          {t.auth.reset.action}
        </Button>
      </form>
    </AuthPage>
  );
}
