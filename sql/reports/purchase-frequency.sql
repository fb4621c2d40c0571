-- Report:     K7
-- Question:   How often and how much is bought: orders, their value, units, and the time between purchases?
-- Grain:      one row
-- Parameters: from, to, timeZone, currency, location, channel, category, cohort, kind, free
--             guests: count|leave_out = count — orders of people who are not known
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       one pass over order lines, the days of each customer
-- Columns:    orders count — with something bought in the window
--             lines count — of these orders
--             customers count — who placed them, as far as they are known
--             orders_per_customer ratio — orders of known customers ÷ customers
--             sales money — after discounts, before returns
--             returns money — what came back in the window, whenever it was bought
--             net_sales money — sales − returns
--             average_order_value money — net_sales ÷ orders
--             sales_per_order money — sales ÷ orders
--             sales_per_customer_day money — sales to known customers ÷ their purchase days: two orders of a day are one
--             units units — bought
--             net_units units — bought, without what came back
--             units_per_order ratio — units ÷ orders
--             lines_per_order ratio — lines ÷ orders
--             days_between_purchases days — median of the days from one purchase day of a customer to the next; null without any
WITH
    cohort_members AS
    (
        SELECT person_key
        FROM report_lines
        WHERE {cohort:String} != '' AND person_key != 0 AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_key
        HAVING formatDateTime(min(ordered_at), '%Y-%m', {time_zone:String}) = {cohort:String}
    ),
    counted AS
    (
        SELECT *, order_key, person_key, (is_purchase OR ({free:String} = 'count' AND is_free)) AS bought, toDate(ordered_at, {time_zone:String}) AS day
        FROM report_lines
        WHERE ({guests:String} = 'count' OR person_key != 0)
            AND ordered_at >= {from:DateTime64(3, 'UTC')} AND ordered_at < {to:DateTime64(3, 'UTC')}
            AND currency = {currency:String}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
            AND ({kind:String} = 'all' OR kind = 'merchandise')
            AND ({cohort:String} = '' OR person_key IN (SELECT person_key FROM cohort_members))
    ),
    -- Of the customers who are known: how many they are, on how many days they bought, and the days from one to the next.
    (
        SELECT (count(), count() + sum(length(gaps)), if(sum(length(gaps)) = 0, NULL, quantileExactInclusiveArray(0.5)(gaps)))
        FROM
        (
            SELECT arrayFilter(gap -> gap > 0, arrayDifference(arraySort(groupArray(toInt32(day))))) AS gaps
            FROM counted
            WHERE bought AND person_key != 0
            GROUP BY person_key
        )
    ) AS known
SELECT
    uniqExactIf(order_key, bought) AS orders,
    countIf(bought) AS lines,
    known.1 AS customers,
    if(customers = 0, NULL, uniqExactIf(order_key, bought AND person_key != 0) / customers) AS orders_per_customer,
    sumIf(net, line_type = 'sale') AS sales,
    -sumIf(net, line_type != 'sale') AS returns,
    sales - returns AS net_sales,
    if(orders = 0, NULL, toFloat64(net_sales) / orders) AS average_order_value,
    if(orders = 0, NULL, toFloat64(sales) / orders) AS sales_per_order,
    if(
        customers = 0,
        NULL,
        toFloat64(sumIf(net, line_type = 'sale' AND person_key != 0)) / known.2
    ) AS sales_per_customer_day,
    sumIf(quantity, bought) AS units,
    sumIf(quantity, bought OR line_type != 'sale') AS net_units,
    if(orders = 0, NULL, units / orders) AS units_per_order,
    if(orders = 0, NULL, lines / orders) AS lines_per_order,
    known.3 AS days_between_purchases
FROM counted
