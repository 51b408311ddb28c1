import { useId, useState } from 'react';
import { Explain } from '@/components/explain';
import { Wording } from '@/components/wording';
import { useFormats, useMessages } from '@/i18n/context';
import type { Decimal } from '@/lib/decimal';

interface Props {
  label: string;
  hint?: string | undefined;
  unit: string;
  /** The present value as it is typed; empty where there is none. */
  shown: string;
  /** What an empty one means. */
  placeholder?: string;
  disabled: boolean;
  /** Takes what was typed, null where it was deleted; says what is wrong with it, if anything is. */
  onType: (value: Decimal | null) => string | null;
}

/** A number that is typed; what can't be read stays to be seen, with the reason, and changes nothing. */
export function NumberEntry({ label, hint, unit, shown, placeholder, disabled, onType }: Props) {
  const t = useMessages().common;
  const format = useFormats();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [before, setBefore] = useState(shown);
  const leave = (text: string | null, wrong: string | null) => {
    setTyped(text);
    setProblem(wrong);
  };
  // It was set by other means, a slider say: that stands.
  if (before !== shown) {
    setBefore(shown);
    leave(null, null);
  }
  const settle = () => {
    if (typed === null) return;
    const read = typed.trim() === '' ? null : format.read(typed);
    const wrong =
      read === null
        ? onType(null)
        : read.kind === 'number'
          ? onType(read.value)
          : read.kind === 'ambiguous'
            ? t.twoReadings(...read.readings)
            : t.notANumber;
    leave(wrong === null ? null : typed, wrong);
  };
  return (
    <>
      <div className="flex items-center justify-between gap-3">
        <span className="flex min-w-0 items-center gap-1">
          <label htmlFor={id} className="text-ink-2">
            {label}
          </label>
          {hint ? (
            <Explain label={label}>
              <p>
                <Wording>{hint}</Wording>
              </p>
            </Explain>
          ) : null}
        </span>
        <span className="flex shrink-0 items-center gap-1">
          <input
            id={id}
            inputMode="decimal"
            disabled={disabled}
            placeholder={placeholder}
            value={typed ?? shown}
            aria-invalid={problem === null ? undefined : true}
            aria-describedby={problem === null ? undefined : `${id}-problem`}
            data-unread={problem === null ? undefined : ''}
            onChange={(event) => leave(event.target.value, null)}
            onBlur={settle}
            onKeyDown={(event) => {
              if (event.key === 'Enter') {
                event.preventDefault();
                settle();
              }
            }}
            className="h-7 w-20 rounded-sm border border-edge bg-sheet px-2 text-right placeholder:text-ink-3 disabled:bg-well disabled:text-ink-3 aria-invalid:border-dearer"
          />
          <span className="w-12 text-xs text-ink-3">{unit}</span>
        </span>
      </div>
      {problem === null ? null : (
        <p id={`${id}-problem`} role="alert" className="mt-1 text-xs text-dearer">
          {problem}
        </p>
      )}
    </>
  );
}
