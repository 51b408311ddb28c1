import { isRouteErrorResponse, useRouteError } from 'react-router';
import { Button } from '@/components/ui/button';
import { useMessages } from '@/i18n/context';
import { NotFoundPage } from './not-found';

export function CrashPage() {
  const t = useMessages().errors;
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />;
  return (
    <div role="alert" className="mx-auto max-w-prose space-y-3 px-6 py-24">
      <h1 className="text-2xl">{t.crashed.title}</h1>
      <p className="text-ink-2">{t.crashed.advice}</p>
      <Button look="primary" onClick={() => window.location.reload()}>
        {t.crashed.reload}
      </Button>
    </div>
  );
}
