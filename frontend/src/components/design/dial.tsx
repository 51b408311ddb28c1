import { Slider } from '@/components/ui/slider';
import { useFormats } from '@/i18n/context';
import { steps } from '@/lib/design/scale';
import { NumberEntry } from './number-entry';

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
  const format = useFormats();
  const scale = steps(stops);
  const shown = format.plain(Number((value * per).toPrecision(12)));
  return (
    <div>
      <NumberEntry
        label={label}
        hint={hint}
        unit={unit}
        shown={shown}
        disabled={disabled}
        onType={(typed) => {
          if (typed !== null) {
            const within = Math.min(max, Math.max(min, Number(typed) / per));
            onChange(whole && per === 1 ? Math.round(within) : within);
          }
          return null;
        }}
      />
      <Slider
        label={label}
        valueText={`${shown} ${unit}`.trim()}
        value={scale.of(value)}
        min={0}
        max={scale.last}
        disabled={disabled}
        onChange={(position) => onChange(scale.at(position))}
      />
      {note ? <p className="text-xs text-warn">{note}</p> : null}
    </div>
  );
}
