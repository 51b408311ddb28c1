import type { Locale } from '@/lib/preferences';
import { SECTIONS, type NewReport, type Section } from '../api/reports';

/** What a report shows and how, as it is being chosen. */
export interface Content {
  format: 'pdf' | 'csv';
  paper: 'a4' | 'letter';
  language: Locale;
  include_logs: boolean;
  /** The chosen parts, by name: the API takes none for all. */
  parts: readonly Section[];
}

/** The same as the API has it. */
type ContentBody = Required<Pick<NewReport, 'format' | 'paper' | 'language' | 'include_logs' | 'sections'>>;

/** A PDF of everything, on the paper of where the browser is at home. */
export function usualContent(language: Locale): Content {
  const paper = /-(US|CA|MX)$/.test(navigator.language) ? 'letter' : 'a4';
  return { format: 'pdf', paper, language, include_logs: false, parts: SECTIONS };
}

/** The same in the API's words. */
export function contentBody({ parts, include_logs: logs, ...rest }: Content): ContentBody {
  return {
    ...rest,
    include_logs: logs && rest.format === 'csv',
    sections: parts.length === SECTIONS.length ? [] : [...parts],
  };
}

/** What is chosen where the API says what was asked for. */
export function contentOf(asked: {
  format: Content['format'];
  paper: Content['paper'];
  language: Locale;
  include_logs: boolean;
  sections: readonly Section[];
}): Content {
  const { format, paper, language, include_logs, sections } = asked;
  return { format, paper, language, include_logs, parts: sections.length === 0 ? SECTIONS : sections };
}
