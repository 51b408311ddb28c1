import { useEffect, useState } from 'react';
import { useMessages } from '@/i18n/context';
import { copyKeys, copyText } from '@/lib/clipboard';
import { Button } from './ui/button';
import { Icon } from './ui/icon';
import { Textarea } from './ui/input';

interface Props {
  text: string;
  /** What is copied, for those who don't see it beside the button. */
  what: string;
  look?: 'primary' | 'plain' | 'quiet';
  onCopied?: () => void;
}

export function CopyButton({ text, what, look = 'plain', onCopied }: Props) {
  const t = useMessages();
  const [copied, setCopied] = useState(false);
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    setRefused(false);
    const done = await copyText(text);
    setCopied(done);
    setRefused(!done);
    if (done) onCopied?.();
  };
  return (
    <>
      <Button look={look} size="sm" onClick={() => void copy()} aria-label={`${t.common.copy}: ${what}`}>
        <Icon name={copied ? 'check' : 'copy'} />
        <span aria-live="polite">{copied ? t.common.copied : t.common.copy}</span>
      </Button>
      {refused ? <ByHand text={text} what={what} /> : null}
    </>
  );
}

/** Where the browser lets no page copy (no https, or a clipboard that was denied): the text, selected. */
function ByHand({ text, what }: Pick<Props, 'text' | 'what'>) {
  const t = useMessages().common;
  return (
    <span className="order-last flex w-full basis-full flex-col gap-1.5">
      <span role="alert" className="text-xs text-ink-2">
        {t.copyByHand(copyKeys(navigator.userAgent))}
      </span>
      <Textarea ref={select} readOnly rows={2} aria-label={what} value={text} className="font-mono text-xs" />
    </span>
  );
}

function select(field: HTMLTextAreaElement | null) {
  field?.focus();
  field?.select();
}
