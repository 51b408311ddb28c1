import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { DateInput } from '@/components/date-input';
import { explainError } from '@/components/error-state';
import { Listing } from '@/components/listing';
import { PageHeader } from '@/components/page-header';
import { SearchInput } from '@/components/search-input';
import { SERVICES, ServiceMark } from '@/components/service-mark';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Select } from '@/components/ui/input';
import { Table, Td, Th } from '@/components/ui/table';
import { useFormats, useMessages } from '@/i18n/context';
import { REGIONS } from '@/lib/design/pipeline';
import { useSearchChange } from '@/lib/hooks/use-search-change';
import { useTitle } from '@/lib/hooks/use-title';
import { useUser } from '@/lib/session/user';
import { toast } from '@/lib/toasts';
import { pricesQuery, useRefreshPrices, type Price } from '../api/pricing';
import { ChangePrice } from '../components/change-price';
import { PriceHistory } from '../components/price-history';
import { priceName } from '../components/price-name';
import { priceFiltersOf } from '../lib/filters';

export function PricesPage() {
  const t = useMessages();
  const format = useFormats();
  const rules = useUser().role === 'superuser';
  const [search, change] = useSearchChange();
  const filters = priceFiltersOf(search);
  const query = useQuery(pricesQuery(filters));
  const refresh = useRefreshPrices();
  const set = useCallback((name: string, value: string) => change({ [name]: value, page: null }), [change]);
  const find = useCallback((model: string) => set('model', model), [set]);
  useTitle(t.prices.title);
  return (
    <>
      <PageHeader
        title={t.prices.title}
        lead={t.prices.lead}
        actions={
          rules ? (
            <Button
              pending={refresh.isPending}
              onClick={() =>
                refresh.mutate(undefined, {
                  onSuccess: () => toast(t.prices.refreshed),
                  onError: (problem) => toast(explainError(problem, t).title, 'bad'),
                })
              }
            >
              <Icon name="refresh" />
              {t.prices.refresh}
            </Button>
          ) : null
        }
      />
      <search className="mb-6 flex flex-wrap items-start gap-3">
        <Field label={t.prices.region} className="w-44">
          {(control) => (
            <Select
              {...control}
              value={filters.region}
              onChange={(event) => set('region', event.target.value)}
            >
              {REGIONS.map((region) => (
                <option key={region} value={region}>
                  {region}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t.prices.service} className="w-44">
          {(control) => (
            <Select
              {...control}
              value={filters.service ?? ''}
              onChange={(event) => set('service', event.target.value)}
            >
              <option value="">{t.prices.anyService}</option>
              {SERVICES.map((service) => (
                <option key={service} value={service}>
                  {t.services[service]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t.prices.search} className="w-full sm:w-60">
          {(control) => (
            <SearchInput
              {...control}
              placeholder={t.prices.searchHint}
              value={filters.model ?? ''}
              onSearch={find}
            />
          )}
        </Field>
        <Field label={t.prices.asOf} hint={t.prices.asOfHint} className="w-60">
          {(control) => (
            <DateInput
              {...control}
              type="date"
              value={filters.active_on ?? ''}
              onCommit={(day) => set('on', day)}
            />
          )}
        </Field>
      </search>
      <Listing query={query} none={<p className="py-16 text-center text-ink-2">{t.prices.none}</p>}>
        {({ items, total }) => (
          <>
            <PriceTable prices={items} rules={rules} />
            <p className="mt-4 text-xs text-ink-3">{t.prices.count(format.quantity(total))}</p>
          </>
        )}
      </Listing>
    </>
  );
}

function PriceTable({ prices, rules }: { prices: readonly Price[]; rules: boolean }) {
  const t = useMessages();
  const format = useFormats();
  const [open, setOpen] = useState<{ what: 'history' | 'change'; price: Price } | null>(null);
  return (
    <>
      <Table label={t.prices.title}>
        <thead>
          <tr>
            <Th>{t.prices.item}</Th>
            <Th className="hidden sm:table-cell">{t.prices.tier}</Th>
            <Th className="hidden sm:table-cell">{t.prices.band}</Th>
            <Th className="text-right">{t.prices.price}</Th>
            <Th>{t.prices.since}</Th>
            <Th>{t.prices.source}</Th>
            <Th>
              <span className="sr-only">{t.prices.history}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {prices.map((price) => {
            const name = priceName(price, t);
            const band =
              price.range_end !== null
                ? `${format.compact(price.range_begin)} – ${format.compact(price.range_end)}`
                : price.range_begin === '0'
                  ? t.prices.bandAll
                  : `> ${format.compact(price.range_begin)}`;
            return (
              <tr key={price.id}>
                <Td className="min-w-44 sm:min-w-52">
                  <span className="flex items-baseline gap-2">
                    <ServiceMark service={price.service} />
                    <span className="wrap-anywhere">{name}</span>
                  </span>
                  <p className="text-xs text-ink-3 sm:hidden">
                    {price.tier} · {t.prices.band}: {band}
                  </p>
                </Td>
                <Td className="hidden whitespace-nowrap sm:table-cell">{price.tier}</Td>
                <Td className="hidden whitespace-nowrap text-ink-2 sm:table-cell">{band}</Td>
                <Td className="text-right whitespace-nowrap">
                  {format.usdExact(price.price_per_unit)}
                  <span className="block text-xs text-ink-3">{t.prices.units[price.unit]}</span>
                </Td>
                <Td className="whitespace-nowrap text-ink-2">{format.date(price.effective_from)}</Td>
                <Td className="whitespace-nowrap">
                  <Badge tone={price.verified ? 'good' : 'warn'}>
                    {price.verified ? t.prices.verified : t.prices.unverified}
                  </Badge>
                  {price.source_url ? (
                    <a
                      className="link mt-1 block max-w-52 truncate text-xs"
                      href={price.source_url}
                      target="_blank"
                      rel="noreferrer"
                    >
                      {new URL(price.source_url).hostname}
                    </a>
                  ) : null}
                </Td>
                <Td>
                  <span className="-my-1.5 flex justify-end">
                    <Button
                      look="quiet"
                      size="sm"
                      aria-label={`${t.prices.history}: ${name}`}
                      aria-haspopup="dialog"
                      onClick={() => setOpen({ what: 'history', price })}
                    >
                      {t.prices.history}
                    </Button>
                    {rules ? (
                      <Button
                        look="quiet"
                        size="sm"
                        aria-label={`${t.prices.edit}: ${name}`}
                        aria-haspopup="dialog"
                        onClick={() => setOpen({ what: 'change', price })}
                      >
                        {t.prices.edit}
                      </Button>
                    ) : null}
                  </span>
                </Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      {open?.what === 'history' ? <PriceHistory price={open.price} onClose={() => setOpen(null)} /> : null}
      {open?.what === 'change' ? <ChangePrice price={open.price} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
