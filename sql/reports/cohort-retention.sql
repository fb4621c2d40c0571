-- Report:     K5
-- Question:   Of the customers who first bought in a month, how many bought again in the months after?
-- Grain:      one row a cohort (month of the first purchase of all time) and month after it
-- Parameters: from, to, timeZone, currency, location, channel, category, kind, free
--             lines: purchases|all = purchases — what makes a customer active: `all` counts what came back and was cancelled too,
--             and money is then net of it
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       two passes over order lines, a few numbers kept for each customer and month
-- Columns:    cohort text — month of the first purchase of all time, in any channel, place and currency; the window chooses cohorts
--             size count — customers of the cohort with something that is counted before `to`
--             month_no count — k: 0 is the month of the first purchase
--             month text — the month that it is
--             is_complete flag — 0 where the month is not over, or not all of it lies before `to`: its figures are null
--             active count — customers of the cohort who bought in month k
--             active_share share — active ÷ size
--             active_or_later count — customers who bought in month k or later, before `to`
--             active_or_later_share share — active_or_later ÷ size
--             revenue money — sales to the cohort in month k, after discounts
--             revenue_per_customer money — revenue of months 0 to k ÷ size
WITH
    least({to:DateTime64(3, 'UTC')}, {as_of:DateTime64(3, 'UTC')}) AS until,
    toStartOfMonth(toDate(until - INTERVAL 1 MILLISECOND, {time_zone:String})) AS last_month,
    firsts AS
    (
        SELECT person_key, toStartOfMonth(toDate(min(ordered_at), {time_zone:String})) AS first_month
        FROM report_lines
        WHERE person_key != 0 AND ({lines:String} = 'all' OR (is_purchase OR ({free:String} = 'count' AND is_free)))
        GROUP BY person_key
        HAVING min(ordered_at) >= {from:DateTime64(3, 'UTC')} AND min(ordered_at) < {to:DateTime64(3, 'UTC')}
    ),
    months AS
    (
        SELECT
            first_month, person_key,
            dateDiff('month', first_month, toStartOfMonth(toDate(ordered_at, {time_zone:String}))) AS k,
            sum(net) AS amount
        FROM report_lines
        INNER JOIN firsts USING person_key
        WHERE ({lines:String} = 'all' OR (is_purchase OR ({free:String} = 'count' AND is_free))) AND ordered_at < {to:DateTime64(3, 'UTC')}
            AND currency = {currency:String}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
            AND ({kind:String} = 'all' OR kind = 'merchandise')
        GROUP BY first_month, person_key, k
    ),
    cells AS
    (
        SELECT
            first_month, one.1 AS month_no, count() AS buyers, sum(one.2) AS bought, countIf(one.1 = last_k) AS lasts
        FROM
        (
            SELECT first_month, groupArray((k, amount)) AS ones, max(k) AS last_k
            FROM months
            GROUP BY first_month, person_key
        )
        ARRAY JOIN ones AS one
        GROUP BY first_month, month_no
    ),
    -- A row a cohort, what it did by month beside one another: every customer has one last month.
    cohorts AS
    (
        SELECT
            first_month, sum(lasts) AS members, groupArray(month_no) AS month_nos, groupArray(buyers) AS all_buyers,
            groupArray(bought) AS all_bought, groupArray(lasts) AS all_lasts
        FROM cells
        GROUP BY first_month
    )
SELECT
    formatDateTime(first_month, '%Y-%m') AS cohort,
    members AS size,
    toUInt32(k) AS month_no,
    formatDateTime(addMonths(first_month, k), '%Y-%m') AS month,
    toDateTime(addMonths(first_month, k + 1), {time_zone:String}) <= until AS is_complete,
    if(is_complete, all_buyers[place], NULL) AS active,
    active / size AS active_share,
    if(is_complete, arraySum((n, no) -> if(no >= k, n, 0), all_lasts, month_nos), NULL) AS active_or_later,
    active_or_later / size AS active_or_later_share,
    if(is_complete, all_bought[place], NULL) AS revenue,
    if(is_complete, toFloat64(sum(all_bought[place]) OVER (PARTITION BY first_month ORDER BY k)) / size, NULL)
        AS revenue_per_customer
FROM
(
    SELECT *, k, indexOf(month_nos, k) AS place
    FROM cohorts
    ARRAY JOIN arrayMap(no -> toInt64(no), range(toUInt64(greatest(0, dateDiff('month', first_month, last_month) + 1)))) AS k
)
ORDER BY cohort, month_no
