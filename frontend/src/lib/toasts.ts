export interface Toast {
  id: number;
  text: string;
  tone: 'good' | 'bad';
}

const STAYS_MS = 6000;

let shown: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function become(next: readonly Toast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** Says what was done, or why it wasn't; the latter stays until it is dismissed. */
export function toast(text: string, tone: Toast['tone'] = 'good'): void {
  lastId += 1;
  const id = lastId;
  become([...shown.slice(-2), { id, text, tone }]);
  if (tone === 'good') setTimeout(() => dismiss(id), STAYS_MS);
}

export function dismiss(id: number): void {
  become(shown.filter((other) => other.id !== id));
}

export function toasts(): readonly Toast[] {
  return shown;
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
