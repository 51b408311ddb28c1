import { cn } from '@/lib/cn';

export function Mark({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className={cn('size-7', className)}>
      <path className="fill-accent" d="M6 3h20v26l-3.33-2.4L19.33 29 16 26.6 12.67 29l-3.34-2.4L6 29z" />
      <path
        className="fill-none stroke-on-accent stroke-[2.2]"
        strokeLinecap="round"
        d="M10.5 10h11M10.5 15h7M10.5 20h3.5M18.5 20h3"
      />
    </svg>
  );
}

export function Brand() {
  return (
    <span className="inline-flex items-center gap-2 font-serif text-lg font-medium tracking-tight text-ink">
      <Mark />
      mockupAWS
    </span>
  );
}
