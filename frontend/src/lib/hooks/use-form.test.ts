import { expect, test } from 'vitest';
import { ApiError } from '@/lib/api/errors';
import { blame } from './use-form';

function refused(details: { field: string; message: string }[]) {
  return new ApiError({
    status: 400,
    code: 'validation_error',
    message: 'The request has errors.',
    details,
    requestId: 'r',
    retryAfter: null,
  });
}

test("the server's words land at their field", () => {
  const { fields, rest } = blame(refused([{ field: 'body.name', message: 'too long' }]), ['name', 'region']);
  expect(fields).toEqual({ name: 'too long' });
  expect(rest).toBeNull();
});

test("the server's words are said in the page's language", () => {
  const error = refused([{ field: 'body.tags.3', message: 'too long' }]);
  expect(blame(error, ['tags'], (message) => `(${message})`).fields).toEqual({ tags: '(too long)' });
});

test('what no field here is to blame for is said of the whole', () => {
  const error = refused([{ field: 'body.pipeline.sqs', message: 'no' }]);
  expect(blame(error, ['name'])).toEqual({ fields: {}, rest: error });
});

test('any other failure is said of the whole', () => {
  const error = new Error('boom');
  expect(blame(error, ['name'])).toEqual({ fields: {}, rest: error });
});
