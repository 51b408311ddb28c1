import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './ui/icon';

interface Props {
  /** What is explained: the button's name. */
  label: string;
  icon?: IconName;
  children: ReactNode;
}

/** A small button that says more; on touch and by keyboard too, which a tooltip can't. */
export function Explain({ label, icon = 'info', children }: Props) {
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={label}
        className="inline-grid size-6 place-items-center rounded-full align-middle text-ink-3 hover:bg-well hover:text-ink"
      >
        <Icon name={icon} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          sideOffset={4}
          collisionPadding={12}
          aria-label={label}
          className="z-50 w-80 max-w-[calc(100vw-1.5rem)] rounded-md border border-rule bg-sheet p-4 text-sm text-ink-2 shadow-float focus:outline-none"
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
