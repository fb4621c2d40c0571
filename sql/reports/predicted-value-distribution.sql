-- Report:     K2
-- Question:   How is what customers are expected to bring in the next 12 months spread over them?
-- Grain:      one row a bucket of predicted value, from the least, also where it is empty; none without a prediction
-- Parameters: currency
--             measure: revenue|margin = revenue — net of discounts and returns, or less cost
--             buckets: integer 1..100 = 20 — about so many: their width is round
-- Freshness:  the last run of the prediction, see predicted-value
-- Cost:       one pass over the newest predictions
-- Columns:    bucket count — its number, from 1
--             from_value money — predicted value of 12 months, discounted, from this; null for the first, which has all that is less too
--             to_value money — and below this; null for the last, which has all that is more too
--             customers count — in it
--             customers_share share — of all customers with a prediction
--             mean_alive share — mean chance that they buy again at all; null where no dropout is detectable
--             mean_purchases ratio — purchase days that each is expected to have in the 12 months
WITH
    people AS
    (
        SELECT assumeNotNull(lifetime_values_now.value) AS value, p_alive, expected_purchases
        FROM lifetime_values_now
        WHERE currency = {currency:String} AND measure = {measure:String} AND lifetime_values_now.value IS NOT NULL
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
    placed AS
    (
        SELECT
            toUInt32(least(n, greatest(1, 1 + floor((value - begin) / width)))) AS bucket,
            count() AS customers, avg(p_alive) AS alive, avg(expected_purchases) AS purchases
        FROM people
        CROSS JOIN (SELECT n, begin, width FROM shape) AS shape
        GROUP BY bucket
    )
SELECT
    ladder.bucket AS bucket,
    if(ladder.bucket = 1, NULL, begin + (ladder.bucket - 1) * width) AS from_value,
    if(ladder.bucket = n, NULL, begin + ladder.bucket * width) AS to_value,
    placed.customers AS customers,
    placed.customers / all AS customers_share,
    if(placed.customers = 0, NULL, placed.alive) AS mean_alive,
    if(placed.customers = 0, NULL, placed.purchases) AS mean_purchases
FROM (SELECT toUInt32(arrayJoin(range(1, n + 1))) AS bucket, n, begin, width, length(amounts) AS all FROM shape) AS ladder
LEFT JOIN placed ON placed.bucket = ladder.bucket
ORDER BY bucket
