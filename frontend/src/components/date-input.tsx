import { Input } from '@/components/ui/input';
import { FIRST_YEAR, isSane, LAST_YEAR } from '@/lib/format/local-time';
import { useDraft } from '@/lib/hooks/use-draft';

interface Props {
  id: string;
  'aria-describedby'?: string | undefined;
  type: 'date' | 'datetime-local';
  /** As such an input writes it; empty for none. */
  value: string;
  onCommit: (value: string) => void;
}

/** A date to filter by: in effect when the typing rests, and on Enter or leaving it. A half-typed one never is. */
export function DateInput({ value, onCommit, type, ...control }: Props) {
  const { input, ...draft } = useDraft({ value, rest: 800, accepts: isWhole, onSend: onCommit });
  const midnight = type === 'date' ? '' : 'T00:00';
  return (
    <Input
      {...control}
      ref={input}
      type={type}
      // A year has four digits then: the next one typed is the hour's.
      min={`${FIRST_YEAR}-01-01${midnight}`}
      max={`${LAST_YEAR}-12-31${midnight}`}
      defaultValue={draft.first}
      onChange={draft.typed}
      onKeyDown={(event) => {
        if (event.key === 'Enter') draft.send();
      }}
      onBlur={(event) => {
        // Another window may have taken the focus for a moment: that isn't leaving it.
        if (document.activeElement !== event.currentTarget) draft.leave();
      }}
    />
  );
}

/** A year is typed digit by digit, and each of them makes a date: 2, 20, 202. */
function isWhole({ value, validity }: HTMLInputElement): boolean {
  return value === '' ? !validity.badInput : isSane(value);
}
