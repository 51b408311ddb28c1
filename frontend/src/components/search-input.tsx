import { useEffect, useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { useDebounced } from '@/lib/hooks/use-debounced';

interface Props {
  id: string;
  'aria-describedby'?: string | undefined;
  placeholder?: string;
  value: string;
  onSearch: (text: string) => void;
}

/** Searches when the typing rests. */
export function SearchInput({ value, onSearch, placeholder, ...control }: Props) {
  const [typed, setTyped] = useState(value);
  const [before, setBefore] = useState(value);
  const settled = useDebounced(typed, 300);
  // The filter was cleared, or the address changed: show what is searched for now.
  if (before !== value) {
    setBefore(value);
    setTyped(value);
  }
  useEffect(() => {
    if (settled === typed && settled !== value) onSearch(settled);
  }, [settled, typed, value, onSearch]);
  return (
    <span className="relative">
      <Icon name="search" className="pointer-events-none absolute top-3 left-3 text-ink-3" />
      <Input
        {...control}
        type="search"
        className="pl-9"
        placeholder={placeholder}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          // It searches by itself; a form around it isn't sent.
          if (event.key === 'Enter') event.preventDefault();
        }}
      />
    </span>
  );
}
