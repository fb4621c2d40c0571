-- Report:     K11
-- Question:   How many more customers stay away after a broken promise than after a kept one?
-- Grain:      two rows: matched and plain; none without promised orders that are long enough ago
-- Parameters: from, to, timeZone, location, channel
--             churnDays: integer 1..730 = 90 — who buys nothing in so many days after the promised time has gone
--             resamples: integer 0..1000 = 200 — how often the bootstrap draws; 0 leaves the intervals out
--             seed: integer 1..1000000 = 1 — the same one draws the same
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       one pass over lines of orders, one over what was bought, and orders × resamples; some numbers kept for each order and customer
-- Columns:    comparison text — matched: only orders promised for the same month whose customers had ordered as often before (never, once, 2–3, 4–7, 8 times or more). plain: all with all
--             difference share — broken_churn − kept_churn: 0.02 is two customers in a hundred
--             difference_lower share — lower end of the 95 % interval, of a bootstrap of orders
--             difference_upper share — upper end of it
--             broken_orders count — n: orders of known customers, placed in the window, of which one of the locations fulfils something, and promised for a time that is churnDays ago, that were late or not whole by no wish of the customer's
--             kept_orders count — n: the others of these
--             broken_matched count — of the broken, which have a kept one to be compared with
--             kept_matched count — of the kept, which have a broken one
--             broken_churn share — of the broken that are matched: customers without a purchase in the churnDays after the promised time
--             kept_churn share — of the kept that are matched, weighted as the broken are spread over months and bands
--             strata count — months and bands with orders
--             matched_strata count — of them, with orders of both kinds
--             resamples count — draws in which there was something to compare
--             warning text — what the difference does not say
WITH
    orders AS
    (
        SELECT
            origin, source, order_id,
            any(all_fulfilments.customer_id) AS record,
            any(all_fulfilments.placed_at) AS ordered_at,
            max(promised_ready_at) AS due_at,
            max(is_ready_on_time = 0) AS is_late
        FROM all_fulfilments
        WHERE customer_id != ''
            AND placed_at >= {from:DateTime64(3, 'UTC')} AND placed_at < {to:DateTime64(3, 'UTC')}
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
        GROUP BY origin, source, order_id
        HAVING (empty({location:Array(String)}) OR hasAny(groupUniqArray(location_id), {location:Array(String)}))
            AND due_at IS NOT NULL AND due_at + toIntervalDay({churn_days:UInt32}) <= {as_of:DateTime64(3, 'UTC')}
    ),
    promises AS
    (
        SELECT
            cityHash64(origin, source, order_id, {seed:UInt32}) AS key,
            if(keys.person_id != '', keys.person_id, orders.record) AS person_id,
            ordered_at AS placed_at,
            assumeNotNull(due_at) AS due,
            ifNull(is_late, 0) OR (origin, source, order_id) IN (
                SELECT origin, source, order_id FROM promised_lines WHERE is_disappointed) AS is_treated
        FROM orders
        LEFT ANY JOIN (SELECT customer_id, person_id FROM customer_keys WHERE source = '') AS keys
            ON keys.customer_id = orders.record
    ),
    bought AS
    (
        SELECT person_id, groupUniqArray((ordered_at, cityHash64(source, order_id))) AS purchases
        FROM report_lines
        WHERE is_purchase AND person_id IN (SELECT person_id FROM promises)
        GROUP BY person_id
    ),
    compared AS
    (
        SELECT
            key,
            is_treated,
            NOT arrayExists(one -> one.1 > due AND one.1 <= due + toIntervalDay({churn_days:UInt32}), purchases) AS value,
            arrayCount(one -> one.1 < placed_at, purchases) AS before,
            -- Month and band in one number, as in omnichannel-value-matched.
            toUInt32(toYYYYMM(due, {time_zone:String}) * 10 + multiIf(before = 0, 0, before = 1, 1, before < 4, 2, before < 8, 4, 8)) AS stratum
        FROM promises
        LEFT JOIN bought USING person_id
    ),
    -- Draw 0 is what was seen. In each other one a row counts 0, 1, 2, … times by chance (Poisson with mean 1): Chamandy, Muralidharan,
    -- Najmi, Naidu 2012. The chance is of the row, the draw and the seed alone, so that the same question has the same answer.
    cells AS
    (
        SELECT draw, stratum, is_treated, sum(times) AS n, sum(times * value) AS total
        FROM
        (
            SELECT
                draw, stratum, is_treated, value,
                intHash64(bitXor(key, intHash64(draw))) / 18446744073709551616. AS chance,
                if(draw = 0, 1, multiIf(
                    chance < 0.36787944117, 0, chance < 0.73575888234, 1, chance < 0.91969860293, 2, chance < 0.98101184313, 3,
                    chance < 0.99634015317, 4, chance < 0.99940581518, 5, chance < 0.99991675886, 6, chance < 0.99998975081, 7,
                    8)) AS times
            FROM compared
            ARRAY JOIN arrayMap(no -> toUInt16(no), range(toUInt64({resamples:UInt32} + 1))) AS draw
        )
        GROUP BY draw, stratum, is_treated
    ),
    strata AS
    (
        SELECT
            draw, comparison, if(comparison = 'plain', 0, stratum) AS name,
            sumIf(n, is_treated) AS treated, sumIf(total, is_treated) AS treated_total,
            sumIf(n, NOT is_treated) AS untreated, sumIf(total, NOT is_treated) AS untreated_total,
            treated > 0 AND untreated > 0 AS is_matched
        FROM cells
        ARRAY JOIN ['matched', 'plain'] AS comparison
        GROUP BY draw, comparison, name
    ),
    results AS
    (
        SELECT
            draw, comparison,
            sum(treated) AS treated_n, sum(untreated) AS untreated_n,
            sumIf(treated, is_matched) AS treated_matched, sumIf(untreated, is_matched) AS untreated_matched,
            countIf(treated + untreated > 0) AS strata_n, countIf(is_matched) AS matched_n,
            if(treated_matched = 0, NULL, sumIf(treated_total, is_matched) / treated_matched) AS treated_mean,
            if(treated_matched = 0, NULL, sumIf(treated * untreated_total / untreated, is_matched) / treated_matched)
                AS untreated_mean,
            treated_mean - untreated_mean AS figure
        FROM strata
        GROUP BY draw, comparison
    )
SELECT
    comparison,
    anyIf(figure, draw = 0) AS difference,
    quantileExactInclusiveOrNullIf(0.025)(figure, draw > 0) AS difference_lower,
    quantileExactInclusiveOrNullIf(0.975)(figure, draw > 0) AS difference_upper,
    anyIf(treated_n, draw = 0) AS broken_orders,
    anyIf(untreated_n, draw = 0) AS kept_orders,
    anyIf(treated_matched, draw = 0) AS broken_matched,
    anyIf(untreated_matched, draw = 0) AS kept_matched,
    anyIf(treated_mean, draw = 0) AS broken_churn,
    anyIf(untreated_mean, draw = 0) AS kept_churn,
    anyIf(strata_n, draw = 0) AS strata,
    anyIf(matched_n, draw = 0) AS matched_strata,
    countIf(draw > 0 AND treated_matched > 0) AS resamples,
    'Promises are not broken by chance: stores and seasons with many broken promises may lose customers for other reasons. Matched, customers with as many orders before are compared, in the same month.' AS warning
FROM results
GROUP BY comparison
ORDER BY comparison
