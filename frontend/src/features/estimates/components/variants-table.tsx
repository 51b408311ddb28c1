import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useFormats, useMessages } from '@/i18n/context';
import type { Tried, Variant } from '../api/estimates';
import { Delta } from './delta';
import { Impossible } from './impossible';

interface Props {
  variants: readonly Variant[];
  /** What they cost, as far as it is known. */
  tried: Tried | undefined;
  onLoad: (variant: Variant) => void;
  onRemove: (name: string) => void;
}

/** The designs that were kept, each with its month on the same traffic. */
export function VariantsTable({ variants, tried, onLoad, onRemove }: Props) {
  const t = useMessages().whatIf;
  const format = useFormats();
  return (
    <div className="border-t border-rule p-5">
      <h3 className="font-medium">{t.variants}</h3>
      <p className="text-xs text-ink-3">{t.variantsLead}</p>
      <ul className="mt-3">
        {variants.map((variant) => {
          const refusal = tried?.refused[variant.name];
          const priced = tried?.answer.variants.find(({ name }) => name === variant.name);
          return (
            <li key={variant.name} className="flex items-center gap-2 border-t border-rule py-2">
              <div className="min-w-0 grow">
                <p className="truncate">{variant.name}</p>
                {refusal ? (
                  <Impossible className="text-xs">{refusal}</Impossible>
                ) : priced ? (
                  <p className="text-xs">
                    {format.usd(priced.monthly.total_usd)}{' '}
                    <Delta amount={priced.delta.delta_usd} percent={priced.delta.delta_percent} />
                  </p>
                ) : null}
              </div>
              <Button
                look="quiet"
                size="sm"
                className="shrink-0"
                aria-label={`${t.load} ${variant.name}`}
                onClick={() => onLoad(variant)}
              >
                {t.load}
              </Button>
              <Button
                look="quiet"
                size="icon"
                className="shrink-0"
                aria-label={t.remove(variant.name)}
                onClick={() => onRemove(variant.name)}
              >
                <Icon name="trash" />
              </Button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
