import { Link } from 'react-router';
import { useMessages } from '@/i18n/context';
import { EmptyState } from './empty-state';
import { Button } from './ui/button';

/** In place of a form that the user's role couldn't send. */
export function Forbidden({ back, to }: { back: string; to: string }) {
  const t = useMessages().errors.forbidden;
  return (
    <EmptyState
      title={t.title}
      action={
        <Button asChild>
          <Link to={back}>{to}</Link>
        </Button>
      }
    >
      {t.advice}
    </EmptyState>
  );
}
