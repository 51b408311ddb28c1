import { useState } from 'react';
import { explainError } from '@/components/error-state';
import { useMessages } from '@/i18n/context';
import { useNow } from '@/lib/hooks/use-now';
import { retryDelay } from '@/lib/query';

interface Props {
  /** How often it has failed so far, and why the last time. */
  failures: number;
  reason: Error | null;
  /** The browser knows of no network: nothing is tried until there is one. */
  offline: boolean;
}

/** Before it is known who is signed in: what is waited for. It fades in where that takes longer than usual. */
export function Waiting({ failures, reason, offline }: Props) {
  const t = useMessages();
  const wrong = offline ? t.errors.network.title : reason ? explainError(reason, t).title : null;
  return (
    <main
      id="content"
      className="mx-auto max-w-prose px-6 py-24 text-center text-base text-ink-2 transition-opacity delay-300 duration-300 starting:opacity-0"
    >
      <p role="status">{wrong ?? t.common.loading}</p>
      {reason && !offline ? (
        <Countdown key={failures} seconds={retryDelay(failures - 1, reason) / 1000} />
      ) : null}
    </main>
  );
}

/** Said to the eye alone: a screen reader would read out every second. */
function Countdown({ seconds }: { seconds: number }) {
  const t = useMessages();
  const [began] = useState(() => Date.now());
  const passed = (useNow(1000).getTime() - began) / 1000;
  const left = Math.max(0, Math.ceil(seconds - passed));
  return <p aria-hidden>{left > 0 ? t.shell.asksAgain(left) : t.common.loading}</p>;
}
