import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/**
 * How the history takes it: in place of the entry before, as typing does, or as one of its own that Back leaves, as
 * another page of a list does.
 */
type Entry = 'replace' | 'push';

type Change = (changes: Record<string, string | null>, entry?: Entry) => void;

/** The address's query, and what changes it: null takes a name away. */
export function useSearchChange(): [URLSearchParams, Change] {
  const [search, setSearch] = useSearchParams();
  const change = useCallback<Change>(
    (changes, entry = 'replace') =>
      setSearch(
        // The browser's own, for what React shows of it may be of a moment ago: two changes in a row are both kept.
        () => searchWith(window.location.search, changes),
        { replace: entry === 'replace', preventScrollReset: true },
      ),
    [setSearch],
  );
  return [search, change];
}

export function searchWith(before: string, changes: Record<string, string | null>): URLSearchParams {
  const next = new URLSearchParams(before);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
  }
  return next;
}
