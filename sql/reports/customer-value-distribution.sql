-- Report:     K1
-- Question:   How is what customers have brought so far spread over them?
-- Grain:      one row a bucket of net revenue, from the least, also where it is empty; none without customers
-- Parameters: from, to, timeZone, currency, location, channel, category, cohort, kind, free
--             buckets: integer 1..100 = 20 — about so many: their width is round
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       one pass over order lines, a number kept for each customer
-- Columns:    bucket count — its number, from 1
--             from_value money — net revenue (historic lifetime value) from this; null for the first, which has all that is less too
--             to_value money — and below this; null for the last, which has all that is more too
--             customers count — in it
--             customers_share share — of all customers
WITH
    cohort_members AS
    (
        SELECT person_id
        FROM report_lines
        WHERE {cohort:String} != '' AND person_id != '' AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_id
        HAVING formatDateTime(min(ordered_at), '%Y-%m', {time_zone:String}) = {cohort:String}
    ),
    people AS
    (
        SELECT toFloat64(sum(net)) AS value
        FROM report_lines
        WHERE ordered_at >= {from:DateTime64(3, 'UTC')} AND ordered_at < {to:DateTime64(3, 'UTC')}
            AND currency = {currency:String}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
            AND ({kind:String} = 'all' OR kind = 'merchandise')
            AND ({cohort:String} = '' OR person_id IN (SELECT person_id FROM cohort_members))
            AND person_id != ''
        GROUP BY person_id
        HAVING countIf((is_purchase OR ({free:String} = 'count' AND is_free))) > 0
    ),
    -- Buckets of a round width (1, 2 or 5 × a power of ten) from the 1st to the 99th percentile; the rest is in the first and the last.
    shape AS
    (
        SELECT
            arraySort(groupArray(value)) AS amounts,
            arrayReduce('quantileExactInclusive(0.01)', amounts) AS low,
            arrayReduce('quantileExactInclusive(0.99)', amounts) AS high,
            if(high > low, (high - low) / {buckets:UInt32}, 1) AS raw,
            pow(10, floor(log10(raw))) AS power,
            power * multiIf(raw <= power, 1, raw <= 2 * power, 2, raw <= 5 * power, 5, 10) AS width,
            floor(low / width) * width AS begin,
            greatest(1, toUInt32(ceil((high - begin) / width))) AS n
        FROM people
        HAVING count() > 0
    ),
    counts AS
    (
        SELECT
            n, begin, width, length(amounts) AS all,
            arrayMap(amount -> toUInt32(least(n, greatest(1, 1 + floor((amount - begin) / width)))), amounts) AS places
        FROM shape
    )
SELECT
    arrayJoin(range(1, n + 1)) AS bucket,
    if(bucket = 1, NULL, begin + (bucket - 1) * width) AS from_value,
    if(bucket = n, NULL, begin + bucket * width) AS to_value,
    countEqual(places, bucket) AS customers,
    customers / all AS customers_share
FROM counts
ORDER BY bucket
