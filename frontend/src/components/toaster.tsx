import { useSyncExternalStore } from 'react';
import { useMessages } from '@/i18n/context';
import { dismiss, subscribe, toasts } from '@/lib/toasts';
import { cn } from '@/lib/cn';
import { Button } from './ui/button';
import { Icon } from './ui/icon';

/** What was done, said once, seen and read aloud. */
export function Toaster() {
  const t = useMessages();
  const shown = useSyncExternalStore(subscribe, toasts);
  return (
    <div
      aria-live="polite"
      className="fixed right-4 bottom-4 z-50 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2"
    >
      {shown.map((toast) => (
        <div
          key={toast.id}
          className={cn(
            'flex items-start gap-3 rounded-md border bg-sheet py-3 pr-2 pl-4 shadow-float',
            toast.tone === 'bad' ? 'border-dearer' : 'border-rule',
          )}
        >
          <Icon
            name={toast.tone === 'bad' ? 'warning' : 'check'}
            className={cn('mt-0.5', toast.tone === 'bad' ? 'text-dearer' : 'text-cheaper')}
          />
          <p className="min-w-0 grow break-words">{toast.text}</p>
          <Button
            look="quiet"
            size="icon"
            className="-my-1.5"
            aria-label={t.common.close}
            onClick={() => dismiss(toast.id)}
          >
            <Icon name="close" />
          </Button>
        </div>
      ))}
    </div>
  );
}
