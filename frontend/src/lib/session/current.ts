import { Session, type Exclusively } from './session';
import { Vault } from './vault';

// Web Locks exist where the page is secure (https, or localhost). Elsewhere one tab renews without asking the others.
const exclusively: Exclusively = async (name, work) =>
  'locks' in navigator ? await navigator.locks.request(name, work) : work();

const vault = new Vault(window.localStorage, window);

/** This page's session. */
export const session = new Session(vault, exclusively, (input, init) => fetch(input, init));
