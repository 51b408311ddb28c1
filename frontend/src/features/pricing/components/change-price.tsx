import { ErrorState } from '@/components/error-state';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useFormats, useMessages } from '@/i18n/context';
import { present, useForm } from '@/lib/hooks/use-form';
import { toast } from '@/lib/toasts';
import { useChangePrice, type Price } from '../api/pricing';
import { priceName } from './price-name';

export function ChangePrice({ price, onClose }: { price: Price; onClose: () => void }) {
  const t = useMessages();
  const format = useFormats();
  const change = useChangePrice();
  const form = useForm({
    initial: {
      price_per_unit: format.plain(price.price_per_unit),
      source_url: price.source_url ?? '',
      effective_from: '',
      verified: false,
    },
    validate: (values) => {
      const typed = format.read(values.price_per_unit);
      return present({
        price_per_unit:
          typed.kind === 'ambiguous'
            ? t.common.twoReadings(...typed.readings)
            : typed.kind === 'none'
              ? t.prices.priceWrong
              : undefined,
        source_url: URL.canParse(values.source_url) ? undefined : t.prices.sourceHint,
      });
    },
    send: async (values) => {
      const typed = format.read(values.price_per_unit);
      await change.mutateAsync({
        id: price.id,
        price_per_unit: typed.kind === 'number' ? typed.value : '',
        source_url: values.source_url,
        verified: values.verified,
        ...(values.effective_from === '' ? {} : { effective_from: values.effective_from }),
      });
      toast(t.prices.changed);
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t.prices.editTitle(priceName(price, t))}
      description={t.prices.editLead}
    >
      <form noValidate onSubmit={form.submit} className="flex flex-col gap-5">
        {form.problem ? <ErrorState error={form.problem} /> : null}
        <Field label={t.prices.newPrice} hint={t.prices.units[price.unit]} error={form.errors.price_per_unit}>
          {(control) => (
            <Input {...control} inputMode="decimal" className="max-w-48" {...form.text('price_per_unit')} />
          )}
        </Field>
        <Field label={t.prices.sourceUrl} hint={t.prices.sourceHint} error={form.errors.source_url}>
          {(control) => <Input {...control} type="url" {...form.text('source_url')} />}
        </Field>
        <Field label={`${t.prices.effectiveFrom} (${t.common.optional})`} error={form.errors.effective_from}>
          {(control) => (
            <Input {...control} type="date" className="max-w-48" {...form.text('effective_from')} />
          )}
        </Field>
        <Checkbox
          label={t.prices.verified}
          checked={form.values.verified}
          onChange={(verified) => form.set('verified', verified)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button type="submit" look="primary" pending={form.pending}>
            {t.common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
