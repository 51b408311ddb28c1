import { expect, test } from 'vitest';
import { ApiError } from '@/lib/api/errors';
import { refusalsOf } from './refusals';

const variants = [{ name: 'FIFO' }, { name: 'arm64' }, { name: 'A model of old' }];

function refused(...details: { field: string; message: string }[]) {
  return new ApiError({
    status: 400,
    code: 'validation_error',
    message: 'Some variants can’t be priced.',
    details,
    requestId: null,
    retryAfter: null,
  });
}

test('the variants that are to blame, by name, with all that is wrong with each', () => {
  const error = refused(
    { field: 'body.variants.0.pipeline', message: 'a FIFO queue gives at most 10' },
    { field: 'body.variants.0.pipeline', message: 'a FIFO queue has no window' },
    { field: 'variants.2.pipeline.bedrock.model_id', message: "Variant 'A model of old': not sold" },
  );
  expect(refusalsOf(error, variants)).toEqual({
    FIFO: 'a FIFO queue gives at most 10; a FIFO queue has no window',
    'A model of old': 'not sold',
  });
});

test('what blames none of them blames none', () => {
  expect(refusalsOf(refused({ field: 'body.variants', message: 'too many' }), variants)).toEqual({});
  expect(refusalsOf(refused({ field: 'body.variants.7.name', message: 'no' }), variants)).toEqual({});
  expect(refusalsOf(new Error('boom'), variants)).toEqual({});
});
