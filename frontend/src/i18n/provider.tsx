import { startTransition, useEffect, useMemo, useState, type ReactNode } from 'react';
import { numberFormats } from '@/lib/format/numbers';
import { timeFormats } from '@/lib/format/times';
import { locale, usePreference, zone, type Locale } from '@/lib/preferences';
import { SpeechContext } from './context';
import type { Catalogue } from './en/catalogue';

/** A language's texts, loaded when it is chosen. */
export async function loadCatalogue(of: Locale): Promise<Catalogue> {
  switch (of) {
    case 'en':
      return (await import('./en/catalogue')).en;
    case 'it':
      return (await import('./it/catalogue')).it;
  }
}

const TAGS: Record<Locale, string> = { en: 'en-US', it: 'it-IT' };

interface Props {
  /** The catalogue of the language chosen when the page was opened, so that nothing is shown before its words. */
  initial: { locale: Locale; messages: Catalogue };
  children: ReactNode;
}

/** Speaks the chosen language; until a newly chosen one has loaded, the one before. */
export function I18nProvider({ initial, children }: Props) {
  const chosen = usePreference(locale);
  const inZone = usePreference(zone);
  const [spoken, setSpoken] = useState(initial);

  useEffect(() => {
    if (chosen === spoken.locale) return;
    let current = true;
    void loadCatalogue(chosen).then((messages) => {
      if (current) startTransition(() => setSpoken({ locale: chosen, messages }));
    });
    return () => {
      current = false;
    };
  }, [chosen, spoken.locale]);

  useEffect(() => {
    document.documentElement.lang = spoken.locale;
  }, [spoken.locale]);

  const speech = useMemo(() => {
    const tag = TAGS[spoken.locale];
    const name = inZone === 'UTC' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
    return { messages: spoken.messages, formats: { ...numberFormats(tag), ...timeFormats(tag, name) } };
  }, [spoken, inZone]);

  return <SpeechContext value={speech}>{children}</SpeechContext>;
}
