import { CopyButton } from '@/components/copy-button';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useMessages } from '@/i18n/context';
import type { IssuedApiKey } from '../api/api-keys';

/** The key, this once: closed only by saying so, then it is nowhere in the page any more. */
export function IssuedKeyDialog({ issued, onClose }: { issued: IssuedApiKey; onClose: () => void }) {
  const t = useMessages().keys;
  return (
    <Dialog open modalOnly onOpenChange={onClose} title={t.shownTitle} description={t.shownLead}>
      <p className="font-medium">{issued.name}</p>
      <p className="mt-2 rounded-sm bg-well p-3 font-mono text-sm break-all">{issued.key}</p>
      <div className="mt-4 flex flex-wrap justify-between gap-2">
        <CopyButton text={issued.key} what={issued.name} look="primary" />
        <Button size="sm" onClick={onClose}>
          {t.done}
        </Button>
      </div>
    </Dialog>
  );
}
