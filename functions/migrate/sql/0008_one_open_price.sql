-- Of one thing at most one price goes on holding. A second one, from another day, was taken before: both were in force,
-- and a refresh that found both changed opened two from the same day, failed, and would have failed each week.

-- Nobody opens one between what is put right and what keeps it so.
LOCK TABLE aws_pricing IN SHARE ROW EXCLUSIVE MODE;

-- Of two the newer one counted, so the older ends on the day before it, and each day costs what it did.
UPDATE aws_pricing AS price SET effective_to = open.next_from - 1
  FROM (
      SELECT id, lead(effective_from) OVER (
                     PARTITION BY service, region, tier, usage_type, range_begin ORDER BY effective_from) AS next_from
        FROM aws_pricing WHERE is_active AND effective_to IS NULL
  ) AS open
 WHERE open.id = price.id AND open.next_from IS NOT NULL;

-- An announced price is the open one: what holds until then has its last day.
CREATE UNIQUE INDEX aws_pricing_open_key ON aws_pricing (service, region, tier, usage_type, range_begin)
    WHERE is_active AND effective_to IS NULL;
