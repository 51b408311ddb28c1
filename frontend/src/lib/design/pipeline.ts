import type { Schema } from '@/lib/api/client';

/** A design as the API's document types it: what has a default may be left out. */
export type Written = Schema<'Scenario'>['pipeline'];

/** A whole design, as a scenario has it. */
export type Pipeline = { [Name in keyof Written]-?: Required<NonNullable<Written[Name]>> };
export type Part = keyof Pipeline;
export type Level = Pipeline['reduce']['drop_levels'][number];
export type Region = Schema<'Scenario'>['region'];

/** What a variant changes in a design; a field that isn't given stays as it is. */
export type PipelineChange = { [Name in Part]?: Partial<Pipeline[Name]> };

export const PARTS = ['sqs', 'lambda', 'bedrock', 'reduce', 'assumptions'] as const satisfies readonly Part[];

export const REGIONS = [
  'us-east-1',
  'us-west-2',
  'eu-west-1',
  'eu-central-1',
] as const satisfies readonly Region[];

export const LEVELS = [
  'trace',
  'debug',
  'info',
  'warn',
  'error',
  'fatal',
  'unknown',
] as const satisfies readonly Level[];

/** What `NewScenario` has where nothing is said: AWS's own defaults, and a small model. */
export const DEFAULT_PIPELINE: Pipeline = {
  sqs: {
    queue_type: 'standard',
    send_batch_size: 1,
    receive_batch_size: 10,
    batch_window_s: 0,
    retry_rate: 0,
    empty_receives_per_minute: 15,
  },
  lambda: {
    architecture: 'x86_64',
    memory_mb: 128,
    duration_ms_base: 50,
    duration_ms_per_log: 5,
    ephemeral_storage_mb: 512,
  },
  bedrock: {
    model_id: 'global.anthropic.claude-haiku-4-5-20251001-v1:0',
    mode: 'on_demand',
    logs_per_call: 10,
    prompt_tokens_per_call: 200,
    output_tokens_per_call: 100,
    cached_prompt: false,
    share_of_logs: 1,
    token_factor: null,
  },
  reduce: { deduplicate: false, sample_rate: 1, drop_levels: [], redact_pii: false },
  assumptions: { free_tier: false, hours_per_month: 730 },
};

/** The design with all its fields, those left out at their defaults. */
export function whole(written: Written): Pipeline {
  return changed(DEFAULT_PIPELINE, written);
}

/** The design with the change in it. */
export function changed(pipeline: Pipeline, change: PipelineChange): Pipeline {
  const merged = { ...pipeline } as Record<Part, object>;
  for (const part of PARTS) merged[part] = { ...pipeline[part], ...change[part] };
  return merged as Pipeline;
}

/** What leads from one design to the other; empty where they are the same. */
export function difference(from: Pipeline, to: Pipeline): PipelineChange {
  const change: Partial<Record<Part, object>> = {};
  for (const part of PARTS) {
    const before = from[part] as Record<string, unknown>;
    const fields = Object.entries(to[part]).filter(([name, value]) => !same(before[name], value));
    if (fields.length > 0) change[part] = Object.fromEntries(fields);
  }
  return change;
}

export function isEmpty(change: PipelineChange): boolean {
  return Object.keys(change).length === 0;
}

const FIFO_BATCH = 10;
const BATCH_WITHOUT_WINDOW = 10;

/**
 * The design after one field was set, with what AWS's rules make of the others: a FIFO queue has no window and gives
 * at most ten messages; larger batches than that need a window. What was just set stands, the rest gives way. A measured
 * token factor belongs to one model, and goes with it.
 */
export function withField<Name extends Part>(
  pipeline: Pipeline,
  part: Name,
  fields: Partial<Pipeline[Name]>,
): Pipeline {
  const next = changed(pipeline, { [part]: fields });
  if (next.bedrock.model_id !== pipeline.bedrock.model_id)
    return changed(next, { bedrock: { token_factor: null } });
  if (part !== 'sqs') return next;
  const set = fields as Partial<Pipeline['sqs']>;
  const sqs = { ...next.sqs };
  if (set.queue_type === 'fifo') {
    sqs.receive_batch_size = Math.min(sqs.receive_batch_size, FIFO_BATCH);
    sqs.batch_window_s = 0;
  } else if (sqs.queue_type === 'fifo' && (sqs.receive_batch_size > FIFO_BATCH || sqs.batch_window_s > 0)) {
    sqs.queue_type = 'standard';
  }
  if (sqs.receive_batch_size > BATCH_WITHOUT_WINDOW && sqs.batch_window_s === 0) {
    if (set.batch_window_s === 0) sqs.receive_batch_size = BATCH_WITHOUT_WINDOW;
    else sqs.batch_window_s = 1;
  }
  return { ...next, sqs };
}

function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item) => b.includes(item));
  return a === b;
}
