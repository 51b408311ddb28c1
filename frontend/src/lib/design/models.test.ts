import { expect, test } from 'vitest';
import { modelsOf } from './models';

test('models are named for people, by provider', () => {
  const models = modelsOf([
    { model_id: 'openai.gpt-6.1-sol', modes: ['on_demand'] },
    { model_id: 'global.anthropic.claude-haiku-4-5-20251001-v1:0', modes: ['on_demand', 'batch'] },
    { model_id: 'amazon.nova-micro-v1:0', modes: ['on_demand'] },
  ]);
  expect(models).toEqual([
    { id: 'amazon.nova-micro-v1:0', provider: 'Amazon', label: 'nova-micro', modes: ['on_demand'] },
    {
      id: 'global.anthropic.claude-haiku-4-5-20251001-v1:0',
      provider: 'Anthropic',
      label: 'claude-haiku-4-5-20251001 (global)',
      modes: ['on_demand', 'batch'],
    },
    { id: 'openai.gpt-6.1-sol', provider: 'OpenAI', label: 'gpt-6.1-sol', modes: ['on_demand'] },
  ]);
});
