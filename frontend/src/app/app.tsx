import { QueryClientProvider } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { RouterProvider } from 'react-router/dom';
import { Toaster } from '@/components/toaster';
import { I18nProvider } from '@/i18n/provider';
import { createQueryClient, forgetWith } from '@/lib/query';
import { session } from '@/lib/session/current';
import { router } from './router';

const queryClient = createQueryClient();
// Before React hears of it: no page of the next user's is rendered with the last one's answers.
forgetWith(session, queryClient);

export function App({ initial }: Pick<ComponentProps<typeof I18nProvider>, 'initial'>) {
  return (
    <I18nProvider initial={initial}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Toaster />
      </QueryClientProvider>
    </I18nProvider>
  );
}
