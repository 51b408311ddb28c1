import { ErrorState } from '@/components/error-state';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { useMessages } from '@/i18n/context';
import { present, useForm } from '@/lib/hooks/use-form';
import { useUser } from '@/lib/session/user';
import { scopesOf, useCreateKey, type IssuedApiKey } from '../api/api-keys';

const EXPIRIES = [90, 30, 365, 0] as const;

interface Props {
  onClose: () => void;
  onIssued: (key: IssuedApiKey) => void;
}

export function NewKeyDialog({ onClose, onIssued }: Props) {
  const t = useMessages();
  const create = useCreateKey();
  const allowed = scopesOf(useUser().role);
  const form = useForm({
    initial: { name: '', scopes: allowed.slice(0, 1), expires_days: '90' },
    validate: ({ name, scopes }) =>
      present({
        name: name.trim() === '' ? t.keys.nameMissing : undefined,
        scopes: scopes.length === 0 ? t.keys.scopesMissing : undefined,
      }),
    send: async ({ name, scopes, expires_days }) => {
      const days = Number(expires_days);
      onIssued(
        await create.mutateAsync({ name: name.trim(), scopes, expires_days: days === 0 ? null : days }),
      );
    },
  });
  return (
    <Dialog open onOpenChange={onClose} title={t.keys.create}>
      <form noValidate onSubmit={form.submit} className="flex flex-col gap-5">
        {form.problem ? <ErrorState error={form.problem} /> : null}
        <Field label={t.keys.name} hint={t.keys.nameHint} error={form.errors.name}>
          {(control) => <Input {...control} maxLength={255} {...form.text('name')} />}
        </Field>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 font-medium">{t.keys.scopes}</legend>
          {allowed.map((scope) => (
            <Checkbox
              key={scope}
              label={t.keys.scope[scope]}
              hint={<code className="font-mono">{scope}</code>}
              checked={form.values.scopes.includes(scope)}
              onChange={(checked) =>
                form.set(
                  'scopes',
                  allowed.filter((each) => (each === scope ? checked : form.values.scopes.includes(each))),
                )
              }
            />
          ))}
          {form.errors.scopes ? (
            <p role="alert" className="text-xs text-dearer">
              {form.errors.scopes}
            </p>
          ) : null}
        </fieldset>
        <Field label={t.keys.expires} error={form.errors.expires_days} className="max-w-48">
          {(control) => (
            <Select {...control} {...form.text('expires_days')}>
              {EXPIRIES.map((days) => (
                <option key={days} value={days}>
                  {t.keys.expiry[days]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button type="submit" look="primary" pending={form.pending}>
            {t.common.create}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
