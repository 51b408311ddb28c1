import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { useMessages } from '@/i18n/context';
import { useTitle } from '@/lib/hooks/use-title';

export function NotFoundPage() {
  const t = useMessages().errors.noPage;
  useTitle(t.title);
  return (
    <div className="mx-auto max-w-prose space-y-3 px-6 py-24">
      <h1 className="text-2xl">{t.title}</h1>
      <p className="text-ink-2">{t.advice}</p>
      <Button asChild look="primary">
        <Link to="/">{t.home}</Link>
      </Button>
    </div>
  );
}
