import { useId, useState } from 'react';
import { Explain } from '@/components/explain';
import { Slider } from '@/components/ui/slider';
import { steps } from '@/lib/design/scale';

interface Props {
  label: string;
  hint?: string | undefined;
  /** What is to be known of the present value. */
  note?: string | undefined;
  unit: string;
  value: number;
  min: number;
  max: number;
  /** The values that the slider stops at; the field beside it takes any between the ends. */
  stops: readonly number[];
  /** How many of the value's units the API's unit is: 100 where a share from 0 to 1 is shown in percent. */
  per?: number;
  whole?: boolean;
  disabled?: boolean;
  onChange: (value: number) => void;
}

/** A number to be moved by a slider or typed exactly. */
export function Dial({
  label,
  hint,
  note,
  unit,
  value,
  min,
  max,
  stops,
  per = 1,
  whole = true,
  disabled = false,
  onChange,
}: Props) {
  const id = useId();
  const scale = steps(stops);
  const shown = String(Number((value * per).toPrecision(12)));
  const [typed, setTyped] = useState<string | null>(null);
  const settle = () => {
    if (typed === null) return;
    const number = Number(typed.replace(',', '.'));
    setTyped(null);
    if (typed.trim() === '' || !Number.isFinite(number)) return;
    const within = Math.min(max, Math.max(min, number / per));
    onChange(whole && per === 1 ? Math.round(within) : within);
  };
  return (
    <div>
      <div className="flex items-center justify-between gap-3">
        <span className="flex min-w-0 items-center gap-1">
          <label htmlFor={id} className="text-ink-2">
            {label}
          </label>
          {hint ? (
            <Explain label={label}>
              <p>{hint}</p>
            </Explain>
          ) : null}
        </span>
        <span className="flex shrink-0 items-center gap-1">
          <input
            id={id}
            inputMode="decimal"
            disabled={disabled}
            value={typed ?? shown}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={settle}
            onKeyDown={(event) => {
              if (event.key === 'Enter') {
                event.preventDefault();
                settle();
              }
            }}
            className="h-7 w-20 rounded-sm border border-edge bg-sheet px-2 text-right disabled:bg-well disabled:text-ink-3"
          />
          <span className="w-12 text-xs text-ink-3">{unit}</span>
        </span>
      </div>
      <Slider
        label={label}
        valueText={`${shown} ${unit}`.trim()}
        value={scale.of(value)}
        min={0}
        max={scale.last}
        disabled={disabled}
        onChange={(position) => {
          setTyped(null);
          onChange(scale.at(position));
        }}
      />
      {note ? <p className="text-xs text-warn">{note}</p> : null}
    </div>
  );
}
