import { useState } from 'react';
import { SERVICES } from '@/components/service-mark';
import { Table, Td, Th } from '@/components/ui/table';
import { useFormats, useMessages } from '@/i18n/context';
import type { BucketLength } from '@/lib/format/times';
import { totalCost, type Bucket } from '../lib/series';
import type { Measure } from '../lib/view';

interface Props {
  buckets: readonly Bucket[];
  /** Of a bucket. */
  length: BucketLength;
  measure: Measure;
}

/** The chart's figures, for those who don't see it or want them exactly. */
export function SeriesTable({ buckets, length, measure }: Props) {
  const t = useMessages();
  const format = useFormats();
  const [open, setOpen] = useState(false);
  return (
    <details className="mt-3" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="link inline-block text-xs">{t.traffic.table}</summary>
      {open ? (
        <div className="mt-2 max-h-96 overflow-y-auto">
          <Table label={t.traffic.table}>
            <thead>
              <tr>
                <Th>{t.traffic.time}</Th>
                {measure === 'cost' ? (
                  <>
                    {SERVICES.map((service) => (
                      <Th key={service} className="text-right">
                        {t.services[service]}
                      </Th>
                    ))}
                    <Th className="text-right">{t.traffic.total}</Th>
                  </>
                ) : (
                  <Th className="text-right">{t.traffic.measures[measure]}</Th>
                )}
              </tr>
            </thead>
            <tbody>
              {buckets.map((bucket) => (
                <tr key={bucket.time}>
                  <Td className="whitespace-nowrap">{format.bucket(new Date(bucket.time), length)}</Td>
                  {measure === 'cost' ? (
                    <>
                      {SERVICES.map((service) => (
                        <Td key={service} className="text-right">
                          {format.usd(bucket.cost[service])}
                        </Td>
                      ))}
                      <Td className="text-right">{format.usd(totalCost(bucket))}</Td>
                    </>
                  ) : (
                    <Td className="text-right">{format.quantity(bucket[measure])}</Td>
                  )}
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      ) : null}
    </details>
  );
}
