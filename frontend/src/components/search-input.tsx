import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { useDraft } from '@/lib/hooks/use-draft';

interface Props {
  id: string;
  'aria-describedby'?: string | undefined;
  placeholder?: string;
  value: string;
  onSearch: (text: string) => void;
}

/** Searches when the typing rests. */
export function SearchInput({ value, onSearch, placeholder, ...control }: Props) {
  const { input, ...draft } = useDraft({ value, rest: 300, onSend: onSearch });
  return (
    <span className="relative">
      <Icon name="search" className="pointer-events-none absolute top-3 left-3 text-ink-3" />
      <Input
        {...control}
        ref={input}
        type="search"
        className="pl-9"
        placeholder={placeholder}
        defaultValue={draft.first}
        onChange={draft.typed}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // It searches by itself; a form around it isn't sent.
          event.preventDefault();
          draft.send();
        }}
      />
    </span>
  );
}
