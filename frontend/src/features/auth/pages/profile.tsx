import { useQueryClient } from '@tanstack/react-query';
import { ErrorState } from '@/components/error-state';
import { PageHeader } from '@/components/page-header';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useFormats, useMessages } from '@/i18n/context';
import { present, useForm } from '@/lib/hooks/use-form';
import { useTitle } from '@/lib/hooks/use-title';
import { session } from '@/lib/session/current';
import { useUser } from '@/lib/session/user';
import { toast } from '@/lib/toasts';
import { changeProfile, meQuery } from '../api/auth';
import { newPasswordProblem } from '../components/credentials';
import { PasswordInput } from '../components/password-input';

export function ProfilePage() {
  const t = useMessages().auth;
  const user = useUser();
  const format = useFormats();
  useTitle(t.profile.title);
  return (
    <>
      <PageHeader
        title={t.profile.title}
        lead={`${user.email} · ${t.roles[user.role]} · ${t.profile.since} ${format.date(user.created_at)}`}
      />
      <div className="grid max-w-4xl gap-12 md:grid-cols-2">
        <NameForm />
        <PasswordForm />
      </div>
    </>
  );
}

function NameForm() {
  const t = useMessages();
  const user = useUser();
  const queryClient = useQueryClient();
  const form = useForm({
    initial: { full_name: user.full_name ?? '' },
    validate: ({ full_name }) =>
      present({ full_name: full_name.trim() === '' ? t.auth.missing.fullName : undefined }),
    send: async ({ full_name }) => {
      queryClient.setQueryData(meQuery.queryKey, await changeProfile({ full_name: full_name.trim() }));
      toast(t.common.saved);
    },
  });
  return (
    <section>
      <h2 className="text-lg">{t.auth.profile.nameTitle}</h2>
      <form noValidate onSubmit={form.submit} className="mt-4 flex flex-col gap-5">
        {form.problem ? <ErrorState error={form.problem} /> : null}
        <Field label={t.auth.fullName} error={form.errors.full_name}>
          {(control) => <Input {...control} autoComplete="name" {...form.text('full_name')} />}
        </Field>
        <Button type="submit" pending={form.pending} className="self-start">
          {t.common.save}
        </Button>
      </form>
    </section>
  );
}

function PasswordForm() {
  const t = useMessages();
  const form = useForm({
    initial: { current_password: '', password: '' },
    validate: (values) =>
      present({
        current_password: values.current_password === '' ? t.auth.missing.password : undefined,
        password: newPasswordProblem(values.password, t),
      }),
    send: async (values) => {
      await changeProfile(values);
      session.close(t.auth.reset.done);
    },
  });
  return (
    <section>
      <h2 className="text-lg">{t.auth.profile.passwordTitle}</h2>
      <p className="mt-1 text-ink-2">{t.auth.profile.passwordLead}</p>
      <form noValidate onSubmit={form.submit} className="mt-4 flex flex-col gap-5">
        {form.problem ? <ErrorState error={form.problem} /> : null}
        <Field label={t.auth.currentPassword} error={form.errors.current_password}>
          {(control) => (
            <PasswordInput {...control} autoComplete="current-password" {...form.text('current_password')} />
          )}
        </Field>
        <Field label={t.auth.newPassword} hint={t.auth.passwordRules} error={form.errors.password}>
          {(control) => <PasswordInput {...control} autoComplete="new-password" {...form.text('password')} />}
        </Field>
        <Button type="submit" pending={form.pending} className="self-start">
          {t.auth.profile.changePassword}
        </Button>
      </form>
    </section>
  );
}
