import { expect, test } from 'vitest';
import type { Comparison } from '../api/estimates';
import { comparedLines, mainReason } from './comparison';

type Compared = Comparison['scenarios'][number];

function scenario(costs: Record<string, string>): Compared {
  const lines = Object.entries(costs).map(([name, cost_usd]) => {
    const [service = '', item = ''] = name.split('/');
    return { service, item: item.replace(/#.*/, ''), cost_usd };
  });
  return { monthly: { services: [{ lines }] } } as unknown as Compared;
}

test('lines stand beside each other, the greatest difference first, tiers added up', () => {
  const lines = comparedLines([
    scenario({ 'sqs/send': '1', 'bedrock/input_tokens': '10' }),
    scenario({
      'sqs/send#1': '0.5',
      'sqs/send#2': '0.7',
      'bedrock/input_tokens': '4',
      'bedrock/output_tokens': '9',
    }),
  ]);
  expect(lines.map(({ key, costs, spread }) => [key, costs, spread])).toEqual([
    ['bedrock/output_tokens', [null, '9'], '9'],
    ['bedrock/input_tokens', ['10', '4'], '6'],
    ['sqs/send', ['1', '1.2'], '0.2'],
  ]);
});

test('the reason is the line that differs most in the direction of the whole', () => {
  const lines = comparedLines([scenario({ 'a/x': '10', 'a/y': '1' }), scenario({ 'a/x': '1', 'a/y': '5' })]);
  expect(mainReason(lines, 1, '-5')?.line.key).toBe('a/x');
  expect(mainReason(lines, 1, '5')?.line.key).toBe('a/y');
  expect(mainReason(lines, 1, '0')).toBeNull();
});
