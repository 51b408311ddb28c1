// The page is the one source of the snippets: tests run them as they stand there (tests/snippets.py).
import page from '@docs/shippers.md?raw';

/** Where logs go, and what opens the door. */
export interface Door {
  /** The API's address, as a shipper on another machine would reach it. */
  url: URL;
  key: string;
  scenarioId: string;
}

export interface Shipper {
  id: string;
  name: string;
  /** What the snippet is: the file that it goes into, or the shell. */
  file: string;
  snippet: (door: Door) => string;
  /** What the page says below it, by paragraph, in English; `what one types` in backticks. */
  notes: readonly string[];
}

const MARKED = /^#+ (.+)$|^<!-- shipper: (\S+) (\S+) -->\n```\w*\n([\s\S]*?)```((?:\n(?!#|<!--|```).*)*)/gm;

/** What to paste for each shipper: the marked snippets of docs/shippers.md that hold the address. */
export const SHIPPERS: readonly Shipper[] = read(page);

function read(text: string): Shipper[] {
  const shippers: Shipper[] = [];
  let name = '';
  for (const [, heading, id, file, snippet, below = ''] of text.matchAll(MARKED)) {
    if (heading) name = heading;
    else if (id && file && snippet?.includes('api.example.com'))
      shippers.push({
        id,
        name,
        file,
        snippet: (door) => filled(snippet.trimEnd(), door),
        notes: paragraphs(below),
      });
  }
  return shippers;
}

function paragraphs(text: string): string[] {
  return text
    .split(/\n{2,}/)
    .map((lines) => lines.trim().replaceAll('\n', ' '))
    .filter((paragraph) => paragraph !== '');
}

function filled(text: string, { url, key, scenarioId }: Door): string {
  return addressed(text, url)
    .replaceAll(/\$\{(?:env:)?KEY\}|\$KEY\b/g, () => key)
    .replaceAll(/\$\{(?:env:)?SCENARIO\}|\$SCENARIO\b/g, () => scenarioId);
}

function addressed(text: string, url: URL): string {
  const tls = url.protocol === 'https:';
  const port = url.port || (tls ? '443' : '80');
  const there = text
    .replaceAll('https://api.example.com:443', `${url.protocol}//${url.hostname}:${port}`)
    .replaceAll('https://api.example.com', url.origin)
    .replaceAll('api.example.com', url.hostname)
    .replaceAll(/\b443\b/g, port);
  if (tls) return there;
  return there
    .replaceAll(/^.*\b(?:tls|ssl|ssl_enable)\b.*$/gim, (line) =>
      line
        .replace(/\bOn\b/, 'Off')
        .replace(/\btrue\b/, 'false')
        .replace(/\bTrue\b/, 'False'),
    )
    .replaceAll('"https', '"http');
}

/** Where the key will be, until there is one. */
export const NO_KEY = 'mk_YOUR_API_KEY';
