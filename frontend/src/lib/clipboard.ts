/**
 * Puts a text on the clipboard.
 *
 * @returns whether the browser let us: it has no clipboard for pages that aren't secure (http, but localhost), and may
 * ask the user, who says no.
 */
export async function copyText(
  text: string,
  { clipboard }: { clipboard?: Pick<Clipboard, 'writeText'> } = navigator,
): Promise<boolean> {
  if (clipboard === undefined) return false;
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** What copies the selected text on the user's keyboard. */
export function copyKeys(userAgent: string): string {
  return /Mac|iPhone|iPad/.test(userAgent) ? '⌘C' : 'Ctrl+C';
}
