import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useMessages } from '@/i18n/context';
import { Navigation } from './navigation';

export function MobileMenu() {
  const t = useMessages();
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button look="quiet" size="icon" className="lg:hidden" aria-label={t.shell.openMenu}>
          <Icon name="menu" className="size-5" />
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-shade" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 right-0 z-50 w-72 max-w-[85vw] border-l border-rule bg-sheet p-4 shadow-float"
        >
          <div className="flex items-center justify-between">
            <Dialog.Title className="font-serif text-lg">{t.shell.navigation}</Dialog.Title>
            <Dialog.Close asChild>
              <Button look="quiet" size="icon" aria-label={t.common.close}>
                <Icon name="close" />
              </Button>
            </Dialog.Close>
          </div>
          <Navigation
            className="mt-4 flex flex-col"
            linkClassName="border-l-2 px-4 py-3 text-base font-medium"
            onGo={() => setOpen(false)}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
