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
        SELECT person_id, toStartOfMonth(toDate(min(ordered_at), {time_zone:String})) AS first_month
        FROM report_lines
        WHERE person_id != '' AND ({lines:String} = 'all' OR (is_purchase OR ({free:String} = 'count' AND is_free)))
        GROUP BY person_id
        HAVING min(ordered_at) >= {from:DateTime64(3, 'UTC')} AND min(ordered_at) < {to:DateTime64(3, 'UTC')}
    ),
    months AS
    (
        SELECT
            first_month, person_id,
            dateDiff('month', first_month, toStartOfMonth(toDate(ordered_at, {time_zone:String}))) AS k,
            sum(net) AS amount
        FROM report_lines
        INNER JOIN firsts USING person_id
        WHERE ({lines:String} = 'all' OR (is_purchase OR ({free:String} = 'count' AND is_free))) AND ordered_at < {to:DateTime64(3, 'UTC')}
            AND currency = {currency:String}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
            AND ({kind:String} = 'all' OR kind = 'merchandise')
        GROUP BY first_month, person_id, k
    ),
    cohorts AS
    (
        SELECT first_month, count() AS members, groupArray(last_k) AS last_ks
        FROM (SELECT first_month, person_id, max(k) AS last_k FROM months GROUP BY first_month, person_id)
        GROUP BY first_month
    ),
    cells AS
    (
        SELECT first_month, k, count() AS buyers, sum(amount) AS bought FROM months GROUP BY first_month, k
    )
SELECT
    formatDateTime(grid.first_month, '%Y-%m') AS cohort,
    grid.members AS size,
    toUInt32(grid.k) AS month_no,
    formatDateTime(addMonths(grid.first_month, grid.k), '%Y-%m') AS month,
    toDateTime(addMonths(grid.first_month, grid.k + 1), {time_zone:String}) <= until AS is_complete,
    if(is_complete, cells.buyers, NULL) AS active,
    active / size AS active_share,
    if(is_complete, arrayCount(last_k -> last_k >= grid.k, grid.last_ks), NULL) AS active_or_later,
    active_or_later / size AS active_or_later_share,
    if(is_complete, cells.bought, NULL) AS revenue,
    if(is_complete, toFloat64(sum(cells.bought) OVER (PARTITION BY grid.first_month ORDER BY grid.k)) / size, NULL)
        AS revenue_per_customer
FROM
(
    SELECT first_month, members, last_ks, k
    FROM cohorts
    ARRAY JOIN arrayMap(no -> toInt64(no), range(toUInt64(greatest(0, dateDiff('month', first_month, last_month) + 1)))) AS k
) AS grid
LEFT JOIN cells ON cells.first_month = grid.first_month AND cells.k = grid.k
ORDER BY cohort, month_no
