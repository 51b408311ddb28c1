import { cn } from '@/lib/cn';

export type Service = 'sqs' | 'lambda' | 'bedrock';

/** The order in which services are stacked, listed and named, everywhere. */
export const SERVICES = ['sqs', 'lambda', 'bedrock'] as const satisfies readonly Service[];

const FILL: Record<Service, string> = { sqs: 'bg-sqs', lambda: 'bg-lambda', bedrock: 'bg-bedrock' };

/** A service's colour, beside its name. */
export function ServiceMark({ service, className }: { service: Service; className?: string }) {
  return <span aria-hidden className={cn('inline-block size-2.5 shrink-0', FILL[service], className)} />;
}

/** A bar of a service's share. */
export function ServiceBar({ service, share }: { service: Service; share: number }) {
  return (
    <span aria-hidden className="block h-1.5 w-full bg-well">
      <span className={cn('block h-full', FILL[service])} style={{ width: `${share * 100}%` }} />
    </span>
  );
}
