import { Link, Navigate, useNavigate, useSearchParams } from 'react-router';
import { ErrorState } from '@/components/error-state';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useMessages } from '@/i18n/context';
import { ApiError } from '@/lib/api/errors';
import { present, useForm } from '@/lib/hooks/use-form';
import { register, useProven } from '../api/auth';
import { AuthPage } from '../components/auth-page';
import { emailProblem, newPasswordProblem, nextPage } from '../components/credentials';
import { PasswordInput } from '../components/password-input';

export function RegisterPage() {
  const t = useMessages();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const form = useForm({
    initial: { full_name: '', email: '', password: '' },
    validate: (values) =>
      present({
        full_name: values.full_name.trim() === '' ? t.auth.missing.fullName : undefined,
        email: emailProblem(values.email, t),
        password: newPasswordProblem(values.password, t),
      }),
    send: async (values) => {
      await register({
        full_name: values.full_name.trim(),
        email: values.email.trim(),
        password: values.password,
      });
      await navigate(nextPage(search), { replace: true });
    },
  });
  if (useProven()) return <Navigate replace to={nextPage(search)} />;
  const taken = form.problem instanceof ApiError && form.problem.code === 'conflict';
  return (
    <AuthPage title={t.auth.register.title} lead={t.auth.register.lead}>
      <form noValidate onSubmit={form.submit} className="flex flex-col gap-5">
        {taken ? (
          <p role="alert" className="rounded-md bg-dearer-soft p-3 text-ink">
            {t.auth.register.taken}
          </p>
        ) : form.problem ? (
          <ErrorState error={form.problem} />
        ) : null}
        <Field label={t.auth.fullName} error={form.errors.full_name}>
          {(control) => <Input {...control} autoComplete="name" {...form.text('full_name')} />}
        </Field>
        <Field label={t.auth.email} error={form.errors.email}>
          {(control) => <Input {...control} type="email" autoComplete="username" {...form.text('email')} />}
        </Field>
        <Field label={t.auth.password} hint={t.auth.passwordRules} error={form.errors.password}>
          {(control) => <PasswordInput {...control} autoComplete="new-password" {...form.text('password')} />}
        </Field>
        <Button type="submit" look="primary" pending={form.pending}>
          {t.auth.register.action}
        </Button>
      </form>
      <p className="mt-6 text-ink-2">
        {t.auth.register.haveAccount}{' '}
        <Link className="link" to={{ pathname: '/sign-in', search: search.toString() }}>
          {t.auth.register.signIn}
        </Link>
      </p>
    </AuthPage>
  );
}
