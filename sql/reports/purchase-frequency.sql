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
        SELECT person_id
        FROM report_lines
        WHERE {cohort:String} != '' AND person_id != '' AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_id
        HAVING formatDateTime(min(ordered_at), '%Y-%m', {time_zone:String}) = {cohort:String}
    ),
    counted AS
    (
        SELECT *, (is_purchase OR ({free:String} = 'count' AND is_free)) AS bought, toDate(ordered_at, {time_zone:String}) AS day
        FROM report_lines
        WHERE ({guests:String} = 'count' OR person_id != '')
            AND ordered_at >= {from:DateTime64(3, 'UTC')} AND ordered_at < {to:DateTime64(3, 'UTC')}
            AND currency = {currency:String}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
            AND ({kind:String} = 'all' OR kind = 'merchandise')
            AND ({cohort:String} = '' OR person_id IN (SELECT person_id FROM cohort_members))
    )
SELECT
    uniqExactIf((source, order_id), bought) AS orders,
    countIf(bought) AS lines,
    uniqExactIf(person_id, bought AND person_id != '') AS customers,
    if(customers = 0, NULL, uniqExactIf((source, order_id), bought AND person_id != '') / customers) AS orders_per_customer,
    sumIf(net, line_type = 'sale') AS sales,
    -sumIf(net, line_type != 'sale') AS returns,
    sales - returns AS net_sales,
    if(orders = 0, NULL, toFloat64(net_sales) / orders) AS average_order_value,
    if(orders = 0, NULL, toFloat64(sales) / orders) AS sales_per_order,
    if(
        customers = 0,
        NULL,
        toFloat64(sumIf(net, line_type = 'sale' AND person_id != '')) / uniqExactIf((person_id, day), bought AND person_id != '')
    ) AS sales_per_customer_day,
    sumIf(quantity, bought) AS units,
    sumIf(quantity, bought OR line_type != 'sale') AS net_units,
    if(orders = 0, NULL, units / orders) AS units_per_order,
    if(orders = 0, NULL, lines / orders) AS lines_per_order,
    (
        SELECT if(count() = 0, NULL, quantileExactInclusive(0.5)(gap))
        FROM
        (
            SELECT arrayJoin(arrayPopFront(arrayDifference(arraySort(groupUniqArray(toInt32(day)))))) AS gap
            FROM counted
            WHERE bought AND person_id != ''
            GROUP BY person_id
        )
    ) AS days_between_purchases
FROM counted
