import { describe, expect, test } from 'vitest';
import { changed, DEFAULT_PIPELINE, difference, isEmpty, withField } from './pipeline';

test('the difference leads from one design to the other, and is empty between equals', () => {
  const other = changed(DEFAULT_PIPELINE, {
    lambda: { architecture: 'arm64' },
    reduce: { drop_levels: ['debug'] },
  });
  const change = difference(DEFAULT_PIPELINE, other);
  expect(change).toEqual({ lambda: { architecture: 'arm64' }, reduce: { drop_levels: ['debug'] } });
  expect(changed(DEFAULT_PIPELINE, change)).toEqual(other);
  expect(isEmpty(difference(other, structuredClone(other)))).toBe(true);
});

test('levels are dropped in whatever order they were picked', () => {
  const one = changed(DEFAULT_PIPELINE, { reduce: { drop_levels: ['debug', 'trace'] } });
  const other = changed(DEFAULT_PIPELINE, { reduce: { drop_levels: ['trace', 'debug'] } });
  expect(isEmpty(difference(one, other))).toBe(true);
});

describe("AWS's rules across fields", () => {
  const large = withField(DEFAULT_PIPELINE, 'sqs', { receive_batch_size: 100 });

  test('a batch of more than ten needs a window', () => {
    expect(large.sqs).toMatchObject({ receive_batch_size: 100, batch_window_s: 1 });
  });

  test('no window: no batch of more than ten', () => {
    expect(withField(large, 'sqs', { batch_window_s: 0 }).sqs).toMatchObject({
      receive_batch_size: 10,
      batch_window_s: 0,
    });
  });

  test('a FIFO queue has no window and gives at most ten', () => {
    expect(withField(large, 'sqs', { queue_type: 'fifo' }).sqs).toMatchObject({
      queue_type: 'fifo',
      receive_batch_size: 10,
      batch_window_s: 0,
    });
  });

  test('a window or a large batch makes a FIFO queue a standard one', () => {
    const fifo = withField(DEFAULT_PIPELINE, 'sqs', { queue_type: 'fifo' });
    expect(withField(fifo, 'sqs', { batch_window_s: 5 }).sqs.queue_type).toBe('standard');
    expect(withField(fifo, 'sqs', { receive_batch_size: 50 }).sqs).toMatchObject({
      queue_type: 'standard',
      batch_window_s: 1,
    });
  });

  test('other fields touch nothing of this', () => {
    expect(withField(DEFAULT_PIPELINE, 'sqs', { retry_rate: 0.1 }).sqs).toEqual({
      ...DEFAULT_PIPELINE.sqs,
      retry_rate: 0.1,
    });
  });
});

test('a token factor that was measured goes with its model', () => {
  const measured = withField(DEFAULT_PIPELINE, 'bedrock', { token_factor: 1.25 });
  expect(measured.bedrock.token_factor).toBe(1.25);
  expect(withField(measured, 'bedrock', { mode: 'batch' }).bedrock.token_factor).toBe(1.25);
  expect(withField(measured, 'lambda', { memory_mb: 256 }).bedrock.token_factor).toBe(1.25);
  const other = withField(measured, 'bedrock', { model_id: 'amazon.nova-micro-v1:0', mode: 'on_demand' });
  expect(other.bedrock.token_factor).toBeNull();
});
