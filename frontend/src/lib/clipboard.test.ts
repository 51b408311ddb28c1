import { expect, test, vi } from 'vitest';
import { copyKeys, copyText } from './clipboard';

test('a text is copied where the browser lets us', async () => {
  const writeText = vi.fn(() => Promise.resolve());
  expect(await copyText('mk_1', { clipboard: { writeText } })).toBe(true);
  expect(writeText).toHaveBeenCalledWith('mk_1');
});

test('where it has no clipboard for this page, or denies it, that is said', async () => {
  expect(await copyText('mk_1', {})).toBe(false);
  const denied = () => Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError'));
  expect(await copyText('mk_1', { clipboard: { writeText: denied } })).toBe(false);
});

test('a Mac has another key for it', () => {
  expect(copyKeys('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)')).toBe('⌘C');
  expect(copyKeys('Mozilla/5.0 (X11; Linux x86_64)')).toBe('Ctrl+C');
});
