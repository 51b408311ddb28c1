import { useEffect, useState } from 'react';
import { useMessages } from '@/i18n/context';
import { Button } from './ui/button';
import { Icon } from './ui/icon';

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
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
      onCopied?.();
    });
  };
  return (
    <Button look={look} size="sm" onClick={copy} aria-label={`${t.common.copy}: ${what}`}>
      <Icon name={copied ? 'check' : 'copy'} />
      <span aria-live="polite">{copied ? t.common.copied : t.common.copy}</span>
    </Button>
  );
}
