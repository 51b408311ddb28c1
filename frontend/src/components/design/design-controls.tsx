import type { ReactNode } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Icon } from '@/components/ui/icon';
import { useFormats, useMessages } from '@/i18n/context';
import { LEVELS, withField, type Part, type Pipeline } from '@/lib/design/pipeline';
import { ratioSteps } from '@/lib/design/scale';
import type { KnownModels } from '@/lib/design/use-models';
import { Choice } from './choice';
import { Dial } from './dial';
import { ModelSelect } from './model-select';
import { NumberEntry } from './number-entry';

interface Props {
  pipeline: Pipeline;
  models: KnownModels;
  disabled?: boolean;
  onChange: (pipeline: Pipeline) => void;
}

/** More of the model's tokens to one of ours are refused. */
const MOST_FACTOR = 10;
const MODES = ['on_demand', 'batch', 'flex', 'priority'] as const;
const PERCENT = Array.from({ length: 101 }, (_, percent) => percent / 100);
const RETRIES = Array.from({ length: 51 }, (_, percent) => percent / 100);
const SEND_BATCH = Array.from({ length: 10 }, (_, index) => index + 1);
const HOURS = [1, 8, 24, 80, 160, 240, 320, 400, 480, 560, 640, 730, 744];
const MEMORY = [128, 192, 256, 384, 512, 768, 1024, 1536, 1769, 2048, 3072, 4096, 6144, 8192, 10_240];
const STORAGE = [512, 1024, 2048, 4096, 6144, 8192, 10_240];
const RECEIVE_BATCH = ratioSteps(1, 10_000);
const WINDOW = ratioSteps(0, 300);
const MILLISECONDS = ratioSteps(0, 900_000);
const TOKENS = ratioSteps(0, 1_000_000);
const EMPTY_RECEIVES = ratioSteps(0, 10_000, [1, 1.5, 2, 5]).filter(Number.isInteger);

/** Every field of a design, by the part of the pipeline that it belongs to. */
export function DesignControls({ pipeline, models, disabled = false, onChange }: Props) {
  const t = useMessages().design;
  const format = useFormats();
  const { sqs, lambda, bedrock, reduce, assumptions } = pipeline;
  const set = <Name extends Part>(part: Name, fields: Partial<Pipeline[Name]>) =>
    onChange(withField(pipeline, part, fields));
  const modesOf = (id: string | null) => models.models.find((model) => model.id === id)?.modes;
  const known = modesOf(bedrock.model_id);
  const sold = known ?? [bedrock.mode];
  const calls = bedrock.model_id !== null;

  return (
    <div className="divide-y divide-rule">
      <Group title={t.parts.bedrock} open>
        <ModelSelect
          value={bedrock.model_id}
          known={models}
          disabled={disabled}
          onChange={(model_id) => {
            const modes = modesOf(model_id) ?? [];
            set('bedrock', { model_id, mode: modes.includes(bedrock.mode) ? bedrock.mode : 'on_demand' });
          }}
        />
        {calls ? (
          <>
            <Choice
              label={t.mode}
              hint={known?.length === 1 ? t.modeMissing : undefined}
              value={bedrock.mode}
              disabled={disabled}
              options={MODES.map((value) => ({
                value,
                label: t.modes[value],
                disabled: !sold.includes(value),
              }))}
              onChange={(mode) => set('bedrock', { mode })}
            />
            <Dial
              label={t.logsPerCall}
              note={
                bedrock.logs_per_call > sqs.receive_batch_size
                  ? t.logsPerCallCapped(format.quantity(sqs.receive_batch_size))
                  : undefined
              }
              unit=""
              value={bedrock.logs_per_call}
              min={1}
              max={10_000}
              stops={RECEIVE_BATCH}
              disabled={disabled}
              onChange={(logs_per_call) => set('bedrock', { logs_per_call })}
            />
            <Dial
              label={t.share}
              unit={t.units.percent}
              value={bedrock.share_of_logs}
              min={0}
              max={1}
              per={100}
              stops={PERCENT}
              disabled={disabled}
              onChange={(share_of_logs) => set('bedrock', { share_of_logs })}
            />
            <Dial
              label={t.promptTokens}
              hint={t.promptTokensHint}
              unit={t.units.tokens}
              value={bedrock.prompt_tokens_per_call}
              min={0}
              max={1_000_000}
              stops={TOKENS}
              disabled={disabled}
              onChange={(prompt_tokens_per_call) => set('bedrock', { prompt_tokens_per_call })}
            />
            <Dial
              label={t.outputTokens}
              unit={t.units.tokens}
              value={bedrock.output_tokens_per_call}
              min={0}
              max={1_000_000}
              stops={TOKENS}
              disabled={disabled}
              onChange={(output_tokens_per_call) => set('bedrock', { output_tokens_per_call })}
            />
            <div>
              <NumberEntry
                label={t.tokenFactor}
                hint={t.tokenFactorHint}
                unit=""
                shown={bedrock.token_factor === null ? '' : format.plain(bedrock.token_factor)}
                placeholder={t.builtIn}
                disabled={disabled}
                onType={(typed) => {
                  const token_factor = typed === null ? null : Number(typed);
                  if (token_factor !== null && (token_factor <= 0 || token_factor > MOST_FACTOR))
                    return t.tokenFactorWrong;
                  set('bedrock', { token_factor });
                  return null;
                }}
              />
            </div>
            <Checkbox
              label={t.cachedPrompt}
              checked={bedrock.cached_prompt}
              disabled={disabled}
              onChange={(cached_prompt) => set('bedrock', { cached_prompt })}
            />
          </>
        ) : null}
      </Group>

      {calls ? (
        <Group title={t.parts.reduce}>
          <Checkbox
            label={t.deduplicate}
            checked={reduce.deduplicate}
            disabled={disabled}
            onChange={(deduplicate) => set('reduce', { deduplicate })}
          />
          <Checkbox
            label={t.redact}
            checked={reduce.redact_pii}
            disabled={disabled}
            onChange={(redact_pii) => set('reduce', { redact_pii })}
          />
          <Dial
            label={t.sampleRate}
            unit={t.units.percent}
            value={reduce.sample_rate}
            min={0}
            max={1}
            per={100}
            stops={PERCENT}
            disabled={disabled}
            onChange={(sample_rate) => set('reduce', { sample_rate })}
          />
          <fieldset className="grid grid-cols-2 gap-2">
            <legend className="mb-1.5 text-ink-2">{t.dropLevels}</legend>
            {LEVELS.map((level) => (
              <Checkbox
                key={level}
                label={t.levels[level]}
                checked={reduce.drop_levels.includes(level)}
                disabled={disabled}
                onChange={(dropped) =>
                  set('reduce', {
                    drop_levels: LEVELS.filter((each) =>
                      each === level ? dropped : reduce.drop_levels.includes(each),
                    ),
                  })
                }
              />
            ))}
          </fieldset>
        </Group>
      ) : null}

      <Group title={t.parts.sqs}>
        <Choice
          label={t.queueType}
          value={sqs.queue_type}
          disabled={disabled}
          options={(['standard', 'fifo'] as const).map((value) => ({ value, label: t.queueTypes[value] }))}
          onChange={(queue_type) => set('sqs', { queue_type })}
        />
        <Dial
          label={t.sendBatch}
          unit=""
          value={sqs.send_batch_size}
          min={1}
          max={10}
          stops={SEND_BATCH}
          disabled={disabled}
          onChange={(send_batch_size) => set('sqs', { send_batch_size })}
        />
        <Dial
          label={t.receiveBatch}
          unit=""
          value={sqs.receive_batch_size}
          min={1}
          max={10_000}
          stops={RECEIVE_BATCH}
          disabled={disabled}
          onChange={(receive_batch_size) => set('sqs', { receive_batch_size })}
        />
        <Dial
          label={t.window}
          hint={t.windowHint}
          unit={t.units.s}
          value={sqs.batch_window_s}
          min={0}
          max={300}
          stops={WINDOW}
          disabled={disabled}
          onChange={(batch_window_s) => set('sqs', { batch_window_s })}
        />
        <Dial
          label={t.retryRate}
          unit={t.units.percent}
          value={sqs.retry_rate}
          min={0}
          max={1}
          per={100}
          stops={RETRIES}
          disabled={disabled}
          onChange={(retry_rate) => set('sqs', { retry_rate })}
        />
        <Dial
          label={t.emptyReceives}
          hint={t.emptyReceivesHint}
          unit=""
          value={sqs.empty_receives_per_minute}
          min={0}
          max={10_000}
          stops={EMPTY_RECEIVES}
          disabled={disabled}
          onChange={(empty_receives_per_minute) => set('sqs', { empty_receives_per_minute })}
        />
      </Group>

      <Group title={t.parts.lambda}>
        <Choice
          label={t.architecture}
          value={lambda.architecture}
          disabled={disabled}
          options={(['x86_64', 'arm64'] as const).map((value) => ({ value, label: t.architectures[value] }))}
          onChange={(architecture) => set('lambda', { architecture })}
        />
        <Dial
          label={t.memory}
          unit={t.units.MB}
          value={lambda.memory_mb}
          min={128}
          max={10_240}
          stops={MEMORY}
          disabled={disabled}
          onChange={(memory_mb) => set('lambda', { memory_mb })}
        />
        <Dial
          label={t.durationBase}
          unit={t.units.ms}
          value={lambda.duration_ms_base}
          min={0}
          max={900_000}
          whole={false}
          stops={MILLISECONDS}
          disabled={disabled}
          onChange={(duration_ms_base) => set('lambda', { duration_ms_base })}
        />
        <Dial
          label={t.durationPerLog}
          unit={t.units.ms}
          value={lambda.duration_ms_per_log}
          min={0}
          max={900_000}
          whole={false}
          stops={MILLISECONDS}
          disabled={disabled}
          onChange={(duration_ms_per_log) => set('lambda', { duration_ms_per_log })}
        />
        <Dial
          label={t.storage}
          unit={t.units.MB}
          value={lambda.ephemeral_storage_mb}
          min={512}
          max={10_240}
          stops={STORAGE}
          disabled={disabled}
          onChange={(ephemeral_storage_mb) => set('lambda', { ephemeral_storage_mb })}
        />
      </Group>

      <Group title={t.parts.assumptions}>
        <Checkbox
          label={t.freeTier}
          hint={t.freeTierHint}
          checked={assumptions.free_tier}
          disabled={disabled}
          onChange={(free_tier) => set('assumptions', { free_tier })}
        />
        <Dial
          label={t.hours}
          unit={t.units.hours}
          value={assumptions.hours_per_month}
          min={1}
          max={744}
          stops={HOURS}
          disabled={disabled}
          onChange={(hours_per_month) => set('assumptions', { hours_per_month })}
        />
      </Group>
    </div>
  );
}

function Group({ title, open = false, children }: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details open={open} className="group py-1">
      <summary className="flex list-none items-center justify-between py-2 font-medium [&::-webkit-details-marker]:hidden">
        {title}
        <Icon name="chevron" className="text-ink-3 transition-transform group-open:rotate-180" />
      </summary>
      <div className="flex flex-col gap-4 pt-1 pb-4">{children}</div>
    </details>
  );
}
