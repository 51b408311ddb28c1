import { useSyncExternalStore } from 'react';
import type { Variant } from '../api/estimates';

const listeners = new Set<() => void>();
const keyOf = (scenarioId: string) => `mockupaws.variants.${scenarioId}`;
const NONE: readonly Variant[] = [];

let cached: { text: string; variants: readonly Variant[] } | null = null;

function read(scenarioId: string): readonly Variant[] {
  const text = localStorage.getItem(keyOf(scenarioId));
  if (text === null) return NONE;
  if (cached?.text !== text) cached = { text, variants: parse(text) };
  return cached.variants;
}

/** What was written here is ours, but a browser's storage is anybody's: what doesn't look like variants is none. */
function parse(text: string): readonly Variant[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isVariant) : NONE;
  } catch {
    return NONE;
  }
}

function isVariant(value: unknown): value is Variant {
  return (
    typeof value === 'object' && value !== null && 'name' in value && 'pipeline' in value && 'region' in value
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** The designs that were kept for a scenario, in this browser. One of the same name is replaced. */
export function useVariants(scenarioId: string) {
  const variants = useSyncExternalStore(subscribe, () => read(scenarioId));
  const write = (next: readonly Variant[]) => {
    localStorage.setItem(keyOf(scenarioId), JSON.stringify(next));
    for (const listener of listeners) listener();
  };
  return {
    variants,
    keep: (variant: Variant) => write([...variants.filter(({ name }) => name !== variant.name), variant]),
    drop: (name: string) => write(variants.filter((variant) => variant.name !== name)),
  };
}
