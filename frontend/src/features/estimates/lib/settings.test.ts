import { expect, test } from 'vitest';
import { en } from '@/i18n/en/catalogue';
import { it } from '@/i18n/it/catalogue';
import { changed, DEFAULT_PIPELINE, withField } from '@/lib/design/pipeline';
import { numberFormats } from '@/lib/format/numbers';
import { designDifferences } from './settings';

const english = numberFormats('en-US');

test('only settings that differ are listed, in the words of the form', () => {
  const other = withField(DEFAULT_PIPELINE, 'lambda', { architecture: 'arm64' });
  expect(designDifferences([DEFAULT_PIPELINE, other], en, english)).toEqual([
    { part: 'lambda', field: 'architecture', label: 'Architecture', values: ['x86', 'arm64'] },
  ]);
});

test('values have their units, and are said in the page’s language', () => {
  const other = changed(DEFAULT_PIPELINE, {
    sqs: { receive_batch_size: 1000, batch_window_s: 20, retry_rate: 0.07 },
    bedrock: { model_id: null, cached_prompt: true, token_factor: 1.25 },
    reduce: { drop_levels: ['debug', 'unknown'] },
  });
  const rows = designDifferences([DEFAULT_PIPELINE, other], it, numberFormats('it-IT'));
  expect(Object.fromEntries(rows.map(({ label, values }) => [label, values]))).toEqual({
    'Log per invocazione, al massimo': ['10', '1.000'],
    'Attesa del lotto': ['0 s', '20 s'],
    'Elaborati una seconda volta': ['0%', '7%'],
    Modello: ['global.anthropic.claude-haiku-4-5-20251001-v1:0', 'Nessun modello'],
    'Il prompt è in cache': ['No', 'Sì'],
    'Fattore dei token': ['incluso', '1,25'],
    'Livelli scartati': ['Nessuno', 'debug, sconosciuto'],
  });
});

test('every field of a design has its words', () => {
  const nothing = Object.fromEntries(
    Object.entries(DEFAULT_PIPELINE).map(([part, fields]) => [
      part,
      Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, other(value)])),
    ]),
  ) as unknown as typeof DEFAULT_PIPELINE;
  const rows = designDifferences([DEFAULT_PIPELINE, nothing], en, english);
  expect(rows).toHaveLength(Object.values(DEFAULT_PIPELINE).flatMap(Object.keys).length);
});

function other(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  return typeof value === 'number' || value === null ? 7 : Array.isArray(value) ? ['info'] : 'fifo';
}
