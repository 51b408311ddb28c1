import { useState } from 'react';
import { Link } from 'react-router';
import { ErrorState } from '@/components/error-state';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useMessages } from '@/i18n/context';
import { present, useForm } from '@/lib/hooks/use-form';
import { requestReset } from '../api/auth';
import { AuthPage } from '../components/auth-page';
import { emailProblem } from '../components/credentials';

export function ForgottenPasswordPage() {
  const t = useMessages();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useForm({
    initial: { email: '' },
    validate: (values) => present({ email: emailProblem(values.email, t) }),
    send: async (values) => {
      const email = values.email.trim();
      await requestReset(email);
      setSentTo(email);
    },
  });
  const back = (
    <Link className="link mt-6 inline-block" to="/sign-in">
      {t.auth.forgotten.back}
    </Link>
  );
  if (sentTo !== null) {
    return (
      <AuthPage title={t.auth.forgotten.sentTitle}>
        <p role="status" className="text-base text-ink-2">
          {t.auth.forgotten.sent(sentTo)}
        </p>
        {back}
      </AuthPage>
    );
  }
  return (
    <AuthPage title={t.auth.forgotten.title} lead={t.auth.forgotten.lead}>
      <form noValidate onSubmit={form.submit} className="flex flex-col gap-5">
        {form.problem ? <ErrorState error={form.problem} /> : null}
        <Field label={t.auth.email} error={form.errors.email}>
          {(control) => <Input {...control} type="email" autoComplete="username" {...form.text('email')} />}
        </Field>
        <Button type="submit" look="primary" pending={form.pending}>
          {t.auth.forgotten.action}
        </Button>
      </form>
      {back}
    </AuthPage>
  );
}
