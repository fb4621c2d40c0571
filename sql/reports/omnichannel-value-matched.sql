-- Report:     K3
-- Question:   What is a customer of two or more channels worth beside one of a single channel who came at the same time and stayed as long?
-- Grain:      two rows: matched and plain
-- Parameters: from, to, timeZone, currency, location, channel, category, cohort, kind, free
--             tenureBandDays: integer 1..3650 = 90 — customers whose days from the first purchase of all time to the last in the window lie in the same band are alike
--             resamples: integer 0..1000 = 200 — how often the bootstrap draws; 0 leaves the intervals out
--             seed: integer 1..1000000 = 1 — the same one draws the same
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       two passes over order lines, and customers × resamples; what it keeps grows with cohorts × bands × resamples, some numbers for each customer beside
-- Columns:    comparison text — matched: only customers of the same first month and band of tenure are compared. plain: all with all
--             ratio ratio — several_channels_mean ÷ one_channel_mean; null where nobody is matched, or the latter is not above 0
--             ratio_lower ratio — lower end of the 95 % interval, of a bootstrap of customers; null where it is not bounded
--             ratio_upper ratio — upper end of it
--             several_channels_customers count — n: who bought in two or more channels in the window
--             one_channel_customers count — n: who bought in exactly one
--             several_channels_matched count — of the former, who have one of the latter to be compared with
--             one_channel_matched count — of the latter, who have one of the former
--             several_channels_mean money — mean net revenue (K1) of the former who are matched
--             one_channel_mean money — of the latter who are matched, weighted as the former are spread over months and bands
--             strata count — months and bands with customers
--             matched_strata count — of them, with customers of both kinds
--             resamples count — draws in which there was something to compare
--             warning text — what the ratio does not say
WITH
    cohort_members AS
    (
        SELECT person_id
        FROM report_lines
        WHERE {cohort:String} != '' AND person_id != '' AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_id
        HAVING formatDateTime(min(ordered_at), '%Y-%m', {time_zone:String}) = {cohort:String}
    ),
    firsts AS
    (
        SELECT person_id, toDate(min(ordered_at), {time_zone:String}) AS first_day
        FROM report_lines
        WHERE person_id != '' AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_id
    ),
    people AS
    (
        SELECT
            person_id,
            toFloat64(sum(net)) AS value,
            uniqExactIf(channel, (is_purchase OR ({free:String} = 'count' AND is_free))) AS channels,
            maxIf(toDate(ordered_at, {time_zone:String}), (is_purchase OR ({free:String} = 'count' AND is_free))) AS last_day
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
        HAVING channels > 0
    ),
    compared AS
    (
        SELECT
            cityHash64(person_id, {seed:UInt32}) AS key,
            value,
            channels > 1 AS is_treated,
            -- Month and band in one number: to tell texts apart in every draw takes most of the time.
            toUInt32(toRelativeMonthNum(first_day) * 65536 + intDiv(toUInt32(last_day - first_day), {tenure_band_days:UInt32})) AS stratum
        FROM people
        INNER JOIN firsts USING person_id
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
            -- Where nothing above zero is left to divide by, the ratio is as large as you like.
            if(ifNull(untreated_mean, 0) > 0, treated_mean / untreated_mean, inf) AS figure
        FROM strata
        GROUP BY draw, comparison
    )
SELECT
    comparison,
    anyIf(figure, draw = 0 AND isFinite(figure)) AS ratio,
    nullIf(quantileExactInclusiveOrNullIf(0.025)(figure, draw > 0 AND treated_matched > 0), inf) AS ratio_lower,
    nullIf(quantileExactInclusiveOrNullIf(0.975)(figure, draw > 0 AND treated_matched > 0), inf) AS ratio_upper,
    anyIf(treated_n, draw = 0) AS several_channels_customers,
    anyIf(untreated_n, draw = 0) AS one_channel_customers,
    anyIf(results.treated_matched, draw = 0) AS several_channels_matched,
    anyIf(untreated_matched, draw = 0) AS one_channel_matched,
    anyIf(treated_mean, draw = 0) AS several_channels_mean,
    anyIf(untreated_mean, draw = 0) AS one_channel_mean,
    anyIf(strata_n, draw = 0) AS strata,
    anyIf(matched_n, draw = 0) AS matched_strata,
    countIf(draw > 0 AND treated_matched > 0) AS resamples,
    'Loyal shoppers select themselves: who buys often has more occasions to use a second channel. Neither ratio says that a second channel made them worth more.' AS warning
FROM results
GROUP BY comparison
ORDER BY comparison
