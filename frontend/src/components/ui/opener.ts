import { useState } from 'react';

/**
 * What had the focus when a dialog was rendered first, for giving it back when the dialog goes. The item of a menu is
 * gone by then; the menu's button is not.
 */
export function useOpener(): () => void {
  const [opener] = useState(() => {
    const focused = document.activeElement;
    const menu = focused?.closest('[role=menu]')?.getAttribute('aria-labelledby');
    return menu ? document.getElementById(menu) : focused;
  });
  return () => {
    if (opener instanceof HTMLElement) opener.focus();
  };
}
