import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useMessages } from '@/i18n/context';
import { present, useForm } from '@/lib/hooks/use-form';

interface Props {
  suggestion: string;
  onClose: () => void;
  onSave: (name: string) => void;
}

export function SaveVariant({ suggestion, onClose, onSave }: Props) {
  const t = useMessages();
  const form = useForm({
    initial: { name: suggestion },
    validate: ({ name }) => present({ name: name.trim() === '' ? t.whatIf.nameMissing : undefined }),
    send: ({ name }) => {
      onSave(name.trim());
      return Promise.resolve();
    },
  });
  return (
    <Dialog open onOpenChange={onClose} title={t.whatIf.nameTitle} description={t.whatIf.variantsLead}>
      <form noValidate onSubmit={form.submit} className="flex flex-col gap-5">
        <Field label={t.whatIf.name} error={form.errors.name}>
          {(control) => <Input {...control} maxLength={80} {...form.text('name')} />}
        </Field>
        <Button type="submit" look="primary" className="self-end">
          {t.common.save}
        </Button>
      </form>
    </Dialog>
  );
}
