import { ErrorState } from '@/components/error-state';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useMessages } from '@/i18n/context';
import { ApiError } from '@/lib/api/errors';
import { present, useForm } from '@/lib/hooks/use-form';
import { signIn } from '../api/auth';
import { emailProblem } from './credentials';
import { PasswordInput } from './password-input';

interface Props {
  /** Where it is known who has to sign in. */
  email?: string;
  onDone?: () => void;
}

export function SignInForm({ email, onDone }: Props) {
  const t = useMessages();
  const form = useForm({
    initial: { email: email ?? '', password: '' },
    validate: (values) =>
      present({
        email: emailProblem(values.email, t),
        password: values.password === '' ? t.auth.missing.password : undefined,
      }),
    send: async (values) => {
      await signIn({ email: values.email.trim(), password: values.password });
      onDone?.();
    },
  });
  const refused = form.problem instanceof ApiError && form.problem.code === 'unauthorized';
  return (
    <form noValidate onSubmit={form.submit} className="flex flex-col gap-5">
      {refused ? (
        <p role="alert" className="rounded-md bg-dearer-soft p-3 text-ink">
          {t.auth.signIn.refused}
        </p>
      ) : form.problem ? (
        <ErrorState error={form.problem} />
      ) : null}
      <Field label={t.auth.email} error={form.errors.email}>
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="username"
            readOnly={email !== undefined}
            {...form.text('email')}
          />
        )}
      </Field>
      <Field label={t.auth.password} error={form.errors.password}>
        {(control) => (
          <PasswordInput {...control} autoComplete="current-password" {...form.text('password')} />
        )}
      </Field>
      <Button type="submit" look="primary" pending={form.pending}>
        {t.auth.signIn.action}
      </Button>
    </form>
  );
}
