import { Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import { Button } from './button';
import { Icon } from './icon';
import { useOpener } from './opener';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** One that only an answer closes. */
  modalOnly?: boolean;
  className?: string;
  children: ReactNode;
}

export function Dialog({ open, onOpenChange, ...panel }: Props) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-shade" />
        <Panel {...panel} />
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Mounted while the dialog is open, so that it sees what opened it. */
function Panel({
  title,
  description,
  modalOnly = false,
  className,
  children,
}: Omit<Props, 'open' | 'onOpenChange'>) {
  const t = useMessages();
  const giveFocusBack = useOpener();
  const stay = (event: Event) => {
    if (modalOnly) event.preventDefault();
  };
  return (
    <Primitive.Content
      onEscapeKeyDown={stay}
      onInteractOutside={stay}
      onCloseAutoFocus={giveFocusBack}
      {...(description ? {} : { 'aria-describedby': undefined })}
      className={cn(
        'fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[min(32rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-md border border-rule bg-sheet p-6 shadow-float focus:outline-none',
        className,
      )}
    >
      <Primitive.Title className="pr-8 font-serif text-lg">{title}</Primitive.Title>
      {description ? (
        <Primitive.Description className="mt-1 text-ink-2">{description}</Primitive.Description>
      ) : null}
      <div className="mt-4">{children}</div>
      {modalOnly ? null : (
        <Primitive.Close asChild>
          <Button look="quiet" size="icon" className="absolute top-3 right-3" aria-label={t.common.close}>
            <Icon name="close" />
          </Button>
        </Primitive.Close>
      )}
    </Primitive.Content>
  );
}
