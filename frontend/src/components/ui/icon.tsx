import { cn } from '@/lib/cn';

// Drawn on a grid of 20, with strokes of 1.5.
const PATHS = {
  archive: 'M3 5h14v3H3zM4 8v8h12V8M8 11h4',
  arrow: 'M4 10h12M11 5l5 5-5 5',
  back: 'M16 10H4M9 5l-5 5 5 5',
  check: 'M4 10.5l4 4 8-9',
  chevron: 'M5 8l5 5 5-5',
  close: 'M5 5l10 10M15 5L5 15',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  down: 'M10 3v10M5.5 9L10 13.5 14.5 9M4 17h12',
  edit: 'M4 16l.8-3.6L13 4.2l2.8 2.8-8.2 8.2zM11.5 5.7l2.8 2.8',
  external: 'M8 5H4v11h11v-4M11 4h5v5M16 4l-7 7',
  globe: 'M10 3a7 7 0 100 14 7 7 0 000-14zM3 10h14M10 3c2.5 2 2.5 12 0 14M10 3c-2.5 2-2.5 12 0 14',
  info: 'M10 3a7 7 0 100 14 7 7 0 000-14zM10 9v4.5M10 6.4v.2',
  key: 'M7 9.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM9.5 10.5L16 4M13 7l2.5 2.5',
  menu: 'M3 6h14M3 10h14M3 14h14',
  monitor: 'M3 4h14v9H3zM7 17h6M10 13v4',
  moon: 'M16 11.5A6.5 6.5 0 118.5 4a5.2 5.2 0 007.5 7.5z',
  play: 'M6 4l10 6-10 6z',
  plus: 'M10 4v12M4 10h12',
  refresh: 'M16 6v4h-4M4 14v-4h4M15.3 10A5.5 5.5 0 005.5 7M4.7 10a5.5 5.5 0 009.8 3',
  search: 'M8.5 3.5a5 5 0 100 10 5 5 0 000-10zM12.2 12.2L17 17',
  stop: 'M5 5h10v10H5z',
  sun: 'M10 6.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M15.7 4.3l-1.1 1.1M5.4 14.6l-1.1 1.1',
  trash: 'M3.5 5.5h13M8 5.5V3.5h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5',
  user: 'M10 3.5a3 3 0 100 6 3 3 0 000-6zM4 17c.5-3.5 3-5 6-5s5.5 1.5 6 5',
  warning: 'M10 3.500L17.5 16.500h-15zM10 8v4M10 14.200v.2',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words; it says nothing to a screen reader, so a button of only this needs a label. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 20 20"
      className={cn('size-4 shrink-0 fill-none stroke-current stroke-[1.5]', className)}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
