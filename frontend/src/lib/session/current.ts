import { Session, type Exclusively } from './session';
import { Vault } from './vault';

/** How long what another tab stored may take to be seen here, ms: tabs are processes, and the lock is quicker. */
const SEEN = 300;

// Web Locks exist where the page is secure (https, or localhost). Elsewhere one tab renews without asking the others.
// Whoever comes next would otherwise send the token that the one before has just used, and end the session by it.
const exclusively: Exclusively = async (name, work) =>
  'locks' in navigator
    ? await navigator.locks.request(name, async () => {
        await new Promise((resolve) => setTimeout(resolve, SEEN));
        return work();
      })
    : work();

const vault = new Vault(window.localStorage, window);

/** This page's session. */
export const session = new Session(vault, exclusively, (input, init) => fetch(input, init));
