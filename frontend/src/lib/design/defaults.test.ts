import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULT_PIPELINE } from './pipeline';

interface Document {
  components: { schemas: Record<string, { properties: Record<string, { default?: unknown }> }> };
}

test('the defaults here are those of the API', () => {
  const text = readFileSync(new URL('../../../../openapi.json', import.meta.url), 'utf8');
  const { schemas } = (JSON.parse(text) as Document).components;
  const named = {
    sqs: 'SqsDesign',
    lambda: 'LambdaDesign',
    bedrock: 'BedrockDesign',
    reduce: 'ReduceDesign',
    assumptions: 'Assumptions',
  };
  for (const [part, schema] of Object.entries(named)) {
    const fields = Object.entries(schemas[schema]?.properties ?? {});
    const defaults = fields.map(([name, field]) => [name, field.default ?? null]);
    expect(Object.fromEntries(defaults)).toEqual(DEFAULT_PIPELINE[part as keyof typeof DEFAULT_PIPELINE]);
  }
});
