import { useFormats, useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import { compare, type Decimal } from '@/lib/decimal';

interface Props {
  amount: Decimal;
  percent: Decimal | null;
  className?: string;
}

/** A difference in dollars: by sign and word, not by colour alone. */
export function Delta({ amount, percent, className }: Props) {
  const t = useMessages().whatIf;
  const format = useFormats();
  const direction = compare(amount, '0');
  if (direction === 0) return <span className={cn('text-ink-3', className)}>{t.same}</span>;
  return (
    <span className={cn(direction > 0 ? 'text-dearer' : 'text-cheaper', className)}>
      {format.usdChange(amount)}
      {percent === null ? null : ` (${format.percentChange(percent)})`}
    </span>
  );
}
