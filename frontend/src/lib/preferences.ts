import { useSyncExternalStore } from 'react';

export const LOCALES = ['en', 'it'] as const;
export const THEMES = ['system', 'light', 'dark'] as const;
export const ZONES = ['local', 'UTC'] as const;

export type Locale = (typeof LOCALES)[number];
export type Theme = (typeof THEMES)[number];
export type Zone = (typeof ZONES)[number];

/** A choice that this browser remembers and its tabs share. */
export interface Preference<Value extends string> {
  read: () => Value;
  write: (value: Value) => void;
  subscribe: (listener: () => void) => () => void;
}

function preference<Value extends string>(
  name: string,
  values: readonly Value[],
  initial: () => Value,
): Preference<Value> {
  const key = `mockupaws.${name}`;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  window.addEventListener('storage', tell);
  return {
    read: () => values.find((value) => value === localStorage.getItem(key)) ?? initial(),
    write: (value) => {
      localStorage.setItem(key, value);
      tell();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const locale = preference('locale', LOCALES, () => {
  const spoken = navigator.languages.map((language) => language.slice(0, 2).toLowerCase());
  return (
    LOCALES.find((known) => known === spoken.find((language) => language === 'it' || language === 'en')) ??
    'en'
  );
});

export const theme = preference('theme', THEMES, () => 'system');

export const zone = preference('zone', ZONES, () => 'local');

/** The value now, and again whenever it changes, here or in another tab. */
export function usePreference<Value extends string>(of: Preference<Value>): Value {
  return useSyncExternalStore(of.subscribe, of.read);
}

/** Keeps the document in the chosen theme; public/theme.js does it before the first paint. */
export function followTheme(): void {
  const apply = () => {
    const chosen = theme.read();
    if (chosen === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = chosen;
  };
  theme.subscribe(apply);
  apply();
}
