-- Report:     K7, K8
-- Question:   What was sold and came back, day by day, or by week or month, and to how many customers?
-- Grain:      one row a period of the wall clock from the first with a sale in the window, also where nothing was sold
-- Parameters: from = 30daysAgo, to, timeZone, currency, location, channel, category, cohort, kind, free
--             period: day|week|month = day — weeks begin on Mondays
--             storeChannels: list = store — channels that are not online
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       two passes over order lines: the second for who is new
-- Columns:    period date — its first day
--             is_complete flag — 0 where it is not over, or not all of it lies in the window: its figures are null
--             orders count — with something bought
--             units units — bought
--             sales money — after discounts, before returns
--             return_orders count — orders of which something came back or was cancelled afterwards, in this period
--             returned_units units — that came back
--             returns money — what came back
--             net_sales money — sales − returns
--             known_orders count — of customers who are known
--             known_sales money — to customers who are known
--             customers count — who bought and are known
--             new_customers count — of them, whose first purchase of all time was in this period
--             returning_customers count — customers − new_customers
--             average_order_value money — net_sales ÷ orders
--             online_orders count — orders that were placed in another channel than those of stores; a pickup is one
--             online_order_share share — online_orders ÷ orders
--             online_net_sales money — net sales of online orders; a return counts in the channel of its order
--             online_sales_share share — online_net_sales ÷ net_sales
WITH
    cohort_members AS
    (
        SELECT person_key
        FROM report_lines
        WHERE {cohort:String} != '' AND person_key != 0 AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_key
        HAVING formatDateTime(min(ordered_at), '%Y-%m', {time_zone:String}) = {cohort:String}
    ),
    least({to:DateTime64(3, 'UTC')}, {as_of:DateTime64(3, 'UTC')}) AS until,
    firsts AS
    (
        SELECT person_key, min(ordered_at) AS first_at
        FROM report_lines
        WHERE person_key != 0 AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_key
    ),
    counted AS
    (
        SELECT
            *, order_key, person_key, (is_purchase OR ({free:String} = 'count' AND is_free)) AS bought,
            toDate(ordered_at, {time_zone:String}) AS day,
            multiIf({period:String} = 'month', toStartOfMonth(day), {period:String} = 'week', toMonday(day), day) AS begin
        FROM report_lines
        WHERE ordered_at >= {from:DateTime64(3, 'UTC')} AND ordered_at < {to:DateTime64(3, 'UTC')}
            AND currency = {currency:String}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
            AND ({kind:String} = 'all' OR kind = 'merchandise')
            AND ({cohort:String} = '' OR person_key IN (SELECT person_key FROM cohort_members))
    ),
    figures AS
    (
        SELECT
            counted.begin AS begin,
            uniqExactIf(order_key, bought) AS orders,
            sumIf(quantity, bought) AS units,
            sumIf(net, line_type = 'sale') AS sales,
            uniqExactIf(order_key, line_type != 'sale') AS return_orders,
            -sumIf(quantity, line_type != 'sale') AS returned_units,
            -sumIf(net, line_type != 'sale') AS returns,
            uniqExactIf(order_key, bought AND person_key != 0) AS known_orders,
            sumIf(net, line_type = 'sale' AND person_key != 0) AS known_sales,
            uniqExactIf(person_key, bought AND person_key != 0) AS customers,
            uniqExactIf(order_key, bought AND NOT has({store_channels:Array(String)}, channel)) AS online_orders,
            sumIf(net, NOT has({store_channels:Array(String)}, channel)) AS online_net,
            uniqExactIf(
                person_key,
                bought AND person_key != 0 AND multiIf(
                    {period:String} = 'month', toStartOfMonth(toDate(first_at, {time_zone:String})),
                    {period:String} = 'week', toMonday(toDate(first_at, {time_zone:String})),
                    toDate(first_at, {time_zone:String})) = counted.begin
            ) AS new_customers
        FROM counted
        LEFT ANY JOIN firsts USING person_key
        GROUP BY begin
    ),
    periods AS
    (
        SELECT
            arrayJoin(range(toUInt64(greatest(0, 1 + multiIf(
                {period:String} = 'month', dateDiff('month', first_begin, last_day),
                {period:String} = 'week', intDiv(dateDiff('day', first_begin, toMonday(last_day)), 7),
                dateDiff('day', first_begin, last_day)))))) AS no,
            multiIf(
                {period:String} = 'month', addMonths(first_begin, no),
                {period:String} = 'week', addDays(first_begin, 7 * no),
                addDays(first_begin, no)) AS begin,
            multiIf(
                {period:String} = 'month', addMonths(begin, 1),
                {period:String} = 'week', addDays(begin, 7),
                addDays(begin, 1)) AS next
        FROM
        (
            SELECT min(figures.begin) AS first_begin, toDate(until - INTERVAL 1 MILLISECOND, {time_zone:String}) AS last_day
            FROM figures
            HAVING count() > 0
        )
    )
SELECT
    periods.begin AS period,
    toDateTime(periods.begin, {time_zone:String}) >= {from:DateTime64(3, 'UTC')}
        AND toDateTime(periods.next, {time_zone:String}) <= until AS is_complete,
    if(is_complete, figures.orders, NULL) AS orders,
    if(is_complete, figures.units, NULL) AS units,
    if(is_complete, figures.sales, NULL) AS sales,
    if(is_complete, figures.return_orders, NULL) AS return_orders,
    if(is_complete, figures.returned_units, NULL) AS returned_units,
    if(is_complete, figures.returns, NULL) AS returns,
    if(is_complete, figures.sales - figures.returns, NULL) AS net_sales,
    if(is_complete, figures.known_orders, NULL) AS known_orders,
    if(is_complete, figures.known_sales, NULL) AS known_sales,
    if(is_complete, figures.customers, NULL) AS customers,
    if(is_complete, figures.new_customers, NULL) AS new_customers,
    if(is_complete, figures.customers - figures.new_customers, NULL) AS returning_customers,
    if(is_complete, toFloat64(figures.sales - figures.returns) / nullIf(figures.orders, 0), NULL) AS average_order_value,
    if(is_complete, figures.online_orders, NULL) AS online_orders,
    if(is_complete, figures.online_orders / nullIf(figures.orders, 0), NULL) AS online_order_share,
    if(is_complete, figures.online_net, NULL) AS online_net_sales,
    if(is_complete, toFloat64(figures.online_net) / nullIf(toFloat64(figures.sales - figures.returns), 0), NULL) AS online_sales_share
FROM periods
LEFT JOIN figures ON figures.begin = periods.begin
ORDER BY period
