import type { ReactNode } from 'react';
import { Brand } from '@/components/brand';
import { DisplayMenu } from '@/components/display-choices';
import { useMessages } from '@/i18n/context';
import { useTitle } from '@/lib/hooks/use-title';
import { Specimen } from './specimen';

interface Props {
  title: string;
  lead?: string;
  children: ReactNode;
}

/** The pages before signing in: the form, and beside it what it is for. */
export function AuthPage({ title, lead, children }: Props) {
  const t = useMessages();
  useTitle(title);
  return (
    <div className="grid min-h-dvh lg:grid-cols-2">
      <div className="flex flex-col px-6 py-6 sm:px-12">
        <header className="flex items-center justify-between gap-4">
          <Brand />
          <DisplayMenu />
        </header>
        <main id="content" className="m-auto w-full max-w-sm py-12">
          <h1 className="text-2xl">{title}</h1>
          {lead ? <p className="mt-2 text-base text-ink-2">{lead}</p> : null}
          <div className="mt-8">{children}</div>
        </main>
      </div>
      <aside
        aria-label={t.auth.specimen.caption}
        className="hidden place-items-center border-l border-rule bg-well p-12 lg:grid"
      >
        <Specimen />
      </aside>
    </div>
  );
}
