import { useMessages } from '@/i18n/context';
import { Button } from './ui/button';

interface Props {
  page: number;
  /** How many there are. */
  pages: number;
  onPage: (page: number) => void;
}

export function Pagination({ page, pages, onPage }: Props) {
  const t = useMessages().common;
  if (pages === 1) return null;
  return (
    <nav aria-label={t.page(page, pages)} className="mt-6 flex items-center justify-between gap-4">
      <Button size="sm" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {t.previous}
      </Button>
      <span className="text-ink-2">{t.page(page, pages)}</span>
      <Button size="sm" disabled={page >= pages} onClick={() => onPage(page + 1)}>
        {t.next}
      </Button>
    </nav>
  );
}
