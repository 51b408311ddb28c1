import { createContext, use } from 'react';
import type { NumberFormats } from '@/lib/format/numbers';
import type { TimeFormats } from '@/lib/format/times';
import type { Catalogue } from './en/catalogue';

/** What the page says, and how it writes numbers and times. */
export interface Speech {
  messages: Catalogue;
  formats: NumberFormats & TimeFormats;
}

export const SpeechContext = createContext<Speech | null>(null);

function useSpeech(): Speech {
  const speech = use(SpeechContext);
  if (speech === null) throw new Error('This is shown outside of I18nProvider.');
  return speech;
}

/** The texts in the chosen language. */
export function useMessages(): Catalogue {
  return useSpeech().messages;
}

/** Numbers and times in the chosen language and time zone. */
export function useFormats(): NumberFormats & TimeFormats {
  return useSpeech().formats;
}
