import { Choice } from '@/components/design/choice';
import { Checkbox } from '@/components/ui/checkbox';
import { useMessages } from '@/i18n/context';
import { LOCALES } from '@/lib/preferences';
import { SECTIONS } from '../api/reports';
import type { Content } from '../lib/content';
import { FORMATS } from '../lib/filters';

const PAPERS = ['a4', 'letter'] as const;

interface Props {
  content: Content;
  error?: string | undefined;
  onChange: (content: Content) => void;
}

/** What a report shows and how: its format, paper, language and parts. */
export function ContentFields({ content, error, onChange }: Props) {
  const t = useMessages().reports;
  const set = (change: Partial<Content>) => onChange({ ...content, ...change });
  const named = <Value extends string>(values: readonly Value[], names: Record<Value, string>) =>
    values.map((value) => ({ value, label: names[value] }));
  return (
    <div className="flex flex-col gap-5">
      <Choice
        label={t.format}
        hint={t.formatHints[content.format]}
        value={content.format}
        options={named(FORMATS, t.formats)}
        onChange={(format) => set({ format })}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Choice
          label={t.language}
          value={content.language}
          options={named(LOCALES, t.languages)}
          onChange={(language) => set({ language })}
        />
        {content.format === 'pdf' ? (
          <Choice
            label={t.paper}
            value={content.paper}
            options={named(PAPERS, t.papers)}
            onChange={(paper) => set({ paper })}
          />
        ) : null}
      </div>
      <fieldset>
        <legend className="mb-2 text-ink-2">{t.parts}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {SECTIONS.map((part) => (
            <Checkbox
              key={part}
              label={t.part[part]}
              checked={content.parts.includes(part)}
              onChange={(checked) =>
                set({
                  parts: SECTIONS.filter((each) => (each === part ? checked : content.parts.includes(each))),
                })
              }
            />
          ))}
        </div>
        {error ? (
          <p role="alert" className="mt-2 text-xs text-dearer">
            {error}
          </p>
        ) : null}
      </fieldset>
      {content.format === 'csv' ? (
        <Checkbox
          label={t.includeLogs}
          hint={t.includeLogsHint}
          checked={content.include_logs}
          onChange={(include_logs) => set({ include_logs })}
        />
      ) : null}
    </div>
  );
}
