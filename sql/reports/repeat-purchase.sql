-- Report:     K6
-- Question:   How many customers bought again?
-- Grain:      one row
-- Parameters: from, to, timeZone, currency, location, channel, category, cohort, kind, free
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       one pass over order lines
-- Columns:    customers count — with at least one order in the window; guests are nobody
--             repeat_customers count — of them, with at least two orders in the window
--             repeat_rate share — repeat_customers ÷ customers; null without customers
--             repeat_day_customers count — with purchases on at least two days
--             repeat_day_rate share — repeat_day_customers ÷ customers
--             orders count — of these customers in the window
--             orders_per_customer ratio — orders ÷ customers
WITH
    cohort_members AS
    (
        SELECT person_key
        FROM report_lines
        WHERE {cohort:String} != '' AND person_key != 0 AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_key
        HAVING formatDateTime(min(ordered_at), '%Y-%m', {time_zone:String}) = {cohort:String}
    )
SELECT
    count() AS customers,
    countIf(person_orders >= 2) AS repeat_customers,
    if(customers = 0, NULL, repeat_customers / customers) AS repeat_rate,
    countIf(has_days) AS repeat_day_customers,
    if(customers = 0, NULL, repeat_day_customers / customers) AS repeat_day_rate,
    sum(person_orders) AS orders,
    if(customers = 0, NULL, orders / customers) AS orders_per_customer
FROM
(
    SELECT
        person_key,
        uniqExact(order_key) AS person_orders,
        min(toDate(ordered_at, {time_zone:String})) != max(toDate(ordered_at, {time_zone:String})) AS has_days
    FROM report_lines
    WHERE person_key != 0 AND (is_purchase OR ({free:String} = 'count' AND is_free))
        AND ordered_at >= {from:DateTime64(3, 'UTC')} AND ordered_at < {to:DateTime64(3, 'UTC')}
        AND currency = {currency:String}
        AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
        AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
        AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
        AND ({kind:String} = 'all' OR kind = 'merchandise')
        AND ({cohort:String} = '' OR person_key IN (SELECT person_key FROM cohort_members))
    GROUP BY person_key
)
