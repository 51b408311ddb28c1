import type { Catalogue } from '@/i18n/en/catalogue';
import type { Part, Pipeline } from '@/lib/design/pipeline';
import type { NumberFormats } from '@/lib/format/numbers';

type Writing = Pick<NumberFormats, 'quantity' | 'plain'>;
type Words = Catalogue['design'];

/** How the page calls a field of a design, and how it writes a value of it. */
interface Setting<Value> {
  label: (words: Words) => string;
  write: (value: Value, t: Catalogue, writing: Writing) => string;
}

type Settings = { [Name in Part]: { [Field in keyof Pipeline[Name]]: Setting<Pipeline[Name][Field]> } };

const counted = (unit: keyof Words['units']) => (value: number, t: Catalogue, writing: Writing) =>
  `${writing.quantity(value)} ${t.design.units[unit]}`.trim();
const share = (value: number, t: Catalogue, writing: Writing) =>
  `${writing.quantity(100 * value)}${t.design.units.percent}`;
const isSo = (value: boolean, t: Catalogue) => (value ? t.common.yes : t.common.no);

// By the same words as the form that they are set in.
const SETTINGS: Settings = {
  sqs: {
    queue_type: { label: (words) => words.queueType, write: (value, t) => t.design.queueTypes[value] },
    send_batch_size: { label: (words) => words.sendBatch, write: counted('none') },
    receive_batch_size: { label: (words) => words.receiveBatch, write: counted('none') },
    batch_window_s: { label: (words) => words.window, write: counted('s') },
    retry_rate: { label: (words) => words.retryRate, write: share },
    empty_receives_per_minute: { label: (words) => words.emptyReceives, write: counted('none') },
  },
  lambda: {
    architecture: {
      label: (words) => words.architecture,
      write: (value, t) => t.design.architectures[value],
    },
    memory_mb: { label: (words) => words.memory, write: counted('MB') },
    duration_ms_base: { label: (words) => words.durationBase, write: counted('ms') },
    duration_ms_per_log: { label: (words) => words.durationPerLog, write: counted('ms') },
    ephemeral_storage_mb: { label: (words) => words.storage, write: counted('MB') },
  },
  bedrock: {
    model_id: { label: (words) => words.model, write: (value, t) => value ?? t.design.noModel },
    mode: { label: (words) => words.mode, write: (value, t) => t.design.modes[value] },
    logs_per_call: { label: (words) => words.logsPerCall, write: counted('none') },
    prompt_tokens_per_call: { label: (words) => words.promptTokens, write: counted('tokens') },
    output_tokens_per_call: { label: (words) => words.outputTokens, write: counted('tokens') },
    cached_prompt: { label: (words) => words.cachedPrompt, write: isSo },
    share_of_logs: { label: (words) => words.share, write: share },
    token_factor: {
      label: (words) => words.tokenFactor,
      write: (value, t, { plain }) => (value === null ? t.design.builtIn : plain(value)),
    },
  },
  reduce: {
    deduplicate: { label: (words) => words.deduplicate, write: isSo },
    sample_rate: { label: (words) => words.sampleRate, write: share },
    drop_levels: {
      label: (words) => words.dropLevels,
      write: (value, t) => value.map((level) => t.design.levels[level]).join(', ') || t.common.none,
    },
    redact_pii: { label: (words) => words.redact, write: isSo },
  },
  assumptions: {
    free_tier: { label: (words) => words.freeTier, write: isSo },
    hours_per_month: { label: (words) => words.hours, write: counted('hours') },
  },
};

/** A setting that isn't the same in all of the designs. */
export interface DesignDifference {
  part: Part;
  field: string;
  label: string;
  /** By design, in their order. */
  values: string[];
}

/** Where designs differ, in the page's words. */
export function designDifferences(
  designs: readonly Pipeline[],
  t: Catalogue,
  writing: Writing,
): DesignDifference[] {
  return (Object.keys(SETTINGS) as Part[]).flatMap((part) => {
    // A field's setting takes what the same field of a design holds: the table's type says so.
    const settings = Object.entries(SETTINGS[part] as Record<string, Setting<never>>);
    return settings.flatMap(([field, { label, write }]) => {
      const values = designs.map((design) => (design[part] as Record<string, unknown>)[field] as never);
      if (new Set(values.map((value) => JSON.stringify(value))).size < 2) return [];
      return [
        { part, field, label: label(t.design), values: values.map((value) => write(value, t, writing)) },
      ];
    });
  });
}
