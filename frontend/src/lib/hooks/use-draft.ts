import { useEffect, useEffectEvent, useRef, useState } from 'react';

interface Options {
  /** What is in effect, as the address has it: it follows what is sent, but later. */
  value: string;
  /** How long the typing must rest before it is sent, ms. */
  rest: number;
  /** Whether what is in the input now means something. */
  accepts?: (input: HTMLInputElement) => boolean;
  onSend: (text: string) => void;
}

/**
 * An input that keeps what is typed to itself until the typing rests. React doesn't write into it while somebody
 * types: a half-typed date has no value that could be written back, and a letter that is typed while the one before is
 * on its way to the address would be lost.
 */
export function useDraft({ value, rest, accepts = () => true, onSend }: Options) {
  const input = useRef<HTMLInputElement>(null);
  const [first] = useState(value);
  const [strokes, setStrokes] = useState(0);
  // What was sent and isn't in effect yet, the oldest first.
  const sent = useRef<readonly string[]>([]);
  const last = () => sent.current.at(-1) ?? value;

  const send = () => {
    const element = input.current;
    if (element === null || !accepts(element) || element.value === last()) return;
    sent.current = [...sent.current, element.value];
    onSend(element.value);
  };
  /** Sends what means something, and takes back what doesn't. */
  const leave = () => {
    const element = input.current;
    if (element === null) return;
    if (accepts(element)) send();
    else element.value = last();
  };

  const rested = useEffectEvent(send);
  useEffect(() => {
    if (strokes === 0) return undefined;
    const timer = setTimeout(rested, rest);
    return () => clearTimeout(timer);
  }, [strokes, rest]);

  useEffect(() => {
    const awaited = afterArrival(sent.current, value);
    sent.current = awaited ?? [];
    // The filter was cleared, or the address changed: show what is in effect now.
    if (awaited === null && input.current && input.current.value !== value) input.current.value = value;
  }, [value]);

  return { input, first, typed: () => setStrokes((count) => count + 1), send, leave };
}

/** What of what was sent is still to come into effect, now that a value did; null where somebody else set that one. */
export function afterArrival(sent: readonly string[], value: string): readonly string[] | null {
  const at = sent.indexOf(value);
  return at < 0 ? null : sent.slice(at + 1);
}
