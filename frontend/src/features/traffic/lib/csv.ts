import { totalCost, type Bucket } from './series';

/** The buckets for a spreadsheet: numbers and times only, so nothing in it can be taken for a formula. */
export function csvOf(buckets: readonly Bucket[]): string {
  const rows = buckets.map((bucket) =>
    [
      new Date(bucket.time).toISOString(),
      bucket.logs,
      bucket.tokens,
      bucket.cost.sqs,
      bucket.cost.lambda,
      bucket.cost.bedrock,
      totalCost(bucket),
    ].join(','),
  );
  return ['time_utc,logs,tokens,sqs_usd,lambda_usd,bedrock_usd,total_usd', ...rows, ''].join('\r\n');
}
