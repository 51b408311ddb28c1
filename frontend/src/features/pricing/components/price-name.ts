import type { Catalogue } from '@/i18n/en/catalogue';
import type { Price } from '../api/pricing';

/** What a price is for, in words: for Bedrock the model and the kind of its tokens. */
export function priceName(price: Price, t: Catalogue): string {
  if (price.service !== 'bedrock') return t.bill.items[price.usage_type] ?? price.usage_type;
  const at = price.usage_type.lastIndexOf('/');
  const kind = price.usage_type.slice(at + 1);
  return `${price.usage_type.slice(0, at)}: ${t.bill.items[`${kind}_tokens`] ?? kind}`;
}
