import { AlertDialog } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { useMessages } from '@/i18n/context';
import { ErrorState } from '../error-state';
import { Button } from './button';
import { useOpener } from './opener';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What will happen, and whether it can be undone. */
  consequence: ReactNode;
  /** What the button does: a verb. */
  action: string;
  pending?: boolean;
  /** Does it, and closes the question. What it fails with is told in the question, which stays. */
  onConfirm: () => Promise<unknown>;
}

/** Asks before what can't be undone. */
export function Confirm({ open, onOpenChange, ...question }: Props) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-shade" />
        <Question {...question} />
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** Mounted while it is asked, so that it sees what asked. */
function Question({
  title,
  consequence,
  action,
  pending = false,
  onConfirm,
}: Omit<Props, 'open' | 'onOpenChange'>) {
  const t = useMessages();
  // Told here: what lies beside the question can't be clicked while it is asked.
  const [problem, setProblem] = useState<Error | null>(null);
  const confirm = () => {
    setProblem(null);
    onConfirm().catch((error: unknown) => setProblem(error as Error));
  };
  return (
    <AlertDialog.Content
      onCloseAutoFocus={useOpener()}
      className="fixed top-1/2 left-1/2 z-50 w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-md border border-rule bg-sheet p-6 shadow-float"
    >
      <AlertDialog.Title className="font-serif text-lg">{title}</AlertDialog.Title>
      <AlertDialog.Description className="mt-2 text-ink-2">{consequence}</AlertDialog.Description>
      {problem ? <ErrorState error={problem} className="mt-4" /> : null}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <AlertDialog.Cancel asChild>
          <Button>{t.common.cancel}</Button>
        </AlertDialog.Cancel>
        <Button look="danger" pending={pending} onClick={confirm}>
          {action}
        </Button>
      </div>
    </AlertDialog.Content>
  );
}
