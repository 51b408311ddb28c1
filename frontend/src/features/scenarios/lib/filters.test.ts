import { expect, test } from 'vitest';
import { filtersOf, isFiltered } from './filters';

test('what an address says wrongly is as if it said nothing', () => {
  expect(filtersOf(new URLSearchParams('status=flying&region=mars&sort=luck&page=-3'))).toEqual({
    sort: '-created_at',
    page: 1,
  });
});

test('filters come from the address', () => {
  const filters = filtersOf(
    new URLSearchParams('q=shop&status=running&region=eu-west-1&tag=prod&sort=name&page=2'),
  );
  expect(filters).toEqual({
    q: 'shop',
    status: 'running',
    region: 'eu-west-1',
    tag: 'prod',
    sort: 'name',
    page: 2,
  });
  expect(isFiltered(filters)).toBe(true);
});
