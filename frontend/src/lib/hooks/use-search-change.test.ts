import { expect, test } from 'vitest';
import { searchWith } from './use-search-change';

test('what is named changes, nothing or an empty text takes it away, the rest stays', () => {
  const next = searchWith('?q=shop&page=3&tag=eu', { page: null, tag: '', status: 'draft' });
  expect(next.toString()).toBe('q=shop&status=draft');
});
