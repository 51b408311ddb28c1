import { Slider as Primitive } from 'radix-ui';

interface Props {
  id?: string;
  label: string;
  /** The value in words, for those who can't see where the thumb is. */
  valueText: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  disabled?: boolean;
  onChange: (value: number) => void;
}

export function Slider({ label, valueText, value, min, max, step = 1, disabled = false, onChange }: Props) {
  return (
    <Primitive.Root
      value={[value]}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={([next]) => {
        if (next !== undefined) onChange(next);
      }}
      className="relative flex h-6 w-full touch-none items-center select-none data-disabled:opacity-55"
    >
      <Primitive.Track className="relative h-1 grow rounded-full bg-rule">
        <Primitive.Range className="absolute h-full rounded-full bg-accent" />
      </Primitive.Track>
      <Primitive.Thumb
        aria-label={label}
        aria-valuetext={valueText}
        className="block size-5 rounded-full border-2 border-accent bg-sheet shadow-sheet"
      />
    </Primitive.Root>
  );
}
