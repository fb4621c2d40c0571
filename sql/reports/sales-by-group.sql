-- Report:     K8
-- Question:   Which part of the sales has each channel, method, location or category, and how does it change?
-- Grain:      one row a period and group with a sale or a return
-- Parameters: from = 30daysAgo, to, timeZone, currency, location, channel, category, cohort, kind, free
--             period: all|day|week|month = all — weeks begin on Mondays
--             by: channel|method|location|category = channel — a row for each of these; an order with lines of two is counted in both
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       one pass over order lines
-- Columns:    period date — its first day; null for `all`
--             group text — the channel (where it was ordered), method (how it was got), location or category
--             is_complete flag — 0 where the period is not over, or not all of it lies in the window: its figures are null
--             orders count — with something bought
--             units units — bought
--             sales money — after discounts, before returns
--             returns money — what came back
--             net_sales money — sales − returns
--             net_sales_share share — of the net sales of all groups of the period
--             average_order_value money — net_sales ÷ orders
--             customers count — who bought and are known
WITH
    least({to:DateTime64(3, 'UTC')}, {as_of:DateTime64(3, 'UTC')}) AS until,
    cohort_members AS
    (
        SELECT person_key
        FROM report_lines
        WHERE {cohort:String} != '' AND person_key != 0 AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_key
        HAVING formatDateTime(min(ordered_at), '%Y-%m', {time_zone:String}) = {cohort:String}
    ),
    figures AS
    (
        SELECT
            multiIf(
                {period:String} = 'all', NULL,
                {period:String} = 'month', toStartOfMonth(toDate(ordered_at, {time_zone:String})),
                {period:String} = 'week', toMonday(toDate(ordered_at, {time_zone:String})),
                toDate(ordered_at, {time_zone:String})) AS begin,
            multiIf(
                {by:String} = 'method', method, {by:String} = 'location', location_id, {by:String} = 'category', category,
                channel) AS group,
            uniqExactIf(order_key, (is_purchase OR ({free:String} = 'count' AND is_free))) AS orders,
            sumIf(quantity, (is_purchase OR ({free:String} = 'count' AND is_free))) AS units,
            sumIf(net, line_type = 'sale') AS sales,
            -sumIf(net, line_type != 'sale') AS returns,
            uniqExactIf(person_key, (is_purchase OR ({free:String} = 'count' AND is_free)) AND person_key != 0) AS customers
        FROM report_lines
        WHERE ordered_at >= {from:DateTime64(3, 'UTC')} AND ordered_at < {to:DateTime64(3, 'UTC')}
            AND currency = {currency:String}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
            AND ({kind:String} = 'all' OR kind = 'merchandise')
            AND ({cohort:String} = '' OR person_key IN (SELECT person_key FROM cohort_members))
        GROUP BY begin, group
    )
SELECT
    begin AS period,
    figures.group AS group,
    begin IS NULL OR (
        toDateTime(assumeNotNull(begin), {time_zone:String}) >= {from:DateTime64(3, 'UTC')}
        AND toDateTime(multiIf(
            {period:String} = 'month', addMonths(assumeNotNull(begin), 1),
            {period:String} = 'week', addDays(assumeNotNull(begin), 7),
            addDays(assumeNotNull(begin), 1)), {time_zone:String}) <= until) AS is_complete,
    if(is_complete, figures.orders, NULL) AS orders,
    if(is_complete, figures.units, NULL) AS units,
    if(is_complete, figures.sales, NULL) AS sales,
    if(is_complete, figures.returns, NULL) AS returns,
    if(is_complete, figures.sales - figures.returns, NULL) AS net_sales,
    if(is_complete, toFloat64(figures.sales - figures.returns) / nullIf(toFloat64(sum(figures.sales - figures.returns) OVER (PARTITION BY begin)), 0), NULL)
        AS net_sales_share,
    if(is_complete, toFloat64(figures.sales - figures.returns) / nullIf(figures.orders, 0), NULL) AS average_order_value,
    if(is_complete, figures.customers, NULL) AS customers
FROM figures
ORDER BY period, group
