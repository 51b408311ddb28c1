import { RadioGroup } from 'radix-ui';
import { useId } from 'react';
import { cn } from '@/lib/cn';

interface Props<Value extends string> {
  label: string;
  hint?: string | undefined;
  value: Value;
  options: readonly { value: Value; label: string; disabled?: boolean }[];
  disabled?: boolean;
  onChange: (value: Value) => void;
}

/** One of a few, all in view. */
export function Choice<Value extends string>({
  label,
  hint,
  value,
  options,
  disabled = false,
  onChange,
}: Props<Value>) {
  const id = useId();
  return (
    <div>
      <span id={id} className="text-ink-2">
        {label}
      </span>
      <RadioGroup.Root
        aria-labelledby={id}
        value={value}
        disabled={disabled}
        onValueChange={(next) => {
          const chosen = options.find((option) => option.value === next);
          if (chosen) onChange(chosen.value);
        }}
        className="mt-1 flex rounded-md border border-edge bg-sheet p-0.5"
      >
        {options.map((option) => (
          <RadioGroup.Item
            key={option.value}
            value={option.value}
            disabled={option.disabled ?? false}
            className={cn(
              'h-7 grow rounded-sm px-2 text-xs font-medium text-ink-2 hover:bg-well data-disabled:cursor-not-allowed data-disabled:text-ink-3 data-disabled:line-through data-disabled:hover:bg-transparent',
              'data-[state=checked]:bg-accent data-[state=checked]:text-on-accent data-[state=checked]:no-underline',
            )}
          >
            {option.label}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {hint ? <p className="mt-1 text-xs text-ink-3">{hint}</p> : null}
    </div>
  );
}
