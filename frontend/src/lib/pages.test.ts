import { expect, test } from 'vitest';
import { lastPage, pageOf } from './pages';

test.each([
  ['', 1],
  ['page=3', 3],
  ['page=2.9', 2],
  ['page=0', 1],
  ['page=-4', 1],
  ['page=nonsense', 1],
])('%j asks for page %d', (address, page) => {
  expect(pageOf(new URLSearchParams(address))).toBe(page);
});

test.each([
  [0, 1],
  [1, 1],
  [20, 1],
  [21, 2],
  [121, 7],
])('of %d there are %d pages', (total, pages) => {
  expect(lastPage({ total, page: 1, page_size: 20 })).toBe(pages);
});
