-- Report:     K1, K2
-- Question:   What has each customer brought so far, and how often did they buy?
-- Grain:      one row a customer with at least one purchase in the window, by id
-- Parameters: from, to, timeZone, currency, location, channel, category, cohort, kind, free
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       one pass over order lines, some numbers kept for each customer; a row a customer is sent
-- Columns:    person_id text — one person across records and channels, opaque
--             orders count — with something bought in the window
--             purchase_days count — days with purchases; those after the first are what models of repeat buying count
--             first_day date — of the first purchase in the window
--             last_day date — of the last
--             channels count — in which they bought
--             units units — bought
--             sales money — after discounts, before returns
--             returns money — what came back in the window
--             net_revenue money — sales − returns: historic lifetime value
--             gross_margin money — net revenue − cost, of lines whose product has a cost; null where none has
WITH
    cohort_members AS
    (
        SELECT person_id
        FROM report_lines
        WHERE {cohort:String} != '' AND person_id != '' AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_id
        HAVING formatDateTime(min(ordered_at), '%Y-%m', {time_zone:String}) = {cohort:String}
    )
SELECT
    person_id,
    uniqExactIf((source, order_id), (is_purchase OR ({free:String} = 'count' AND is_free))) AS orders,
    uniqExactIf(toDate(ordered_at, {time_zone:String}), (is_purchase OR ({free:String} = 'count' AND is_free))) AS purchase_days,
    minIf(toDate(ordered_at, {time_zone:String}), (is_purchase OR ({free:String} = 'count' AND is_free))) AS first_day,
    maxIf(toDate(ordered_at, {time_zone:String}), (is_purchase OR ({free:String} = 'count' AND is_free))) AS last_day,
    uniqExactIf(channel, (is_purchase OR ({free:String} = 'count' AND is_free))) AS channels,
    sumIf(quantity, (is_purchase OR ({free:String} = 'count' AND is_free))) AS units,
    sumIf(net, line_type = 'sale') AS sales,
    -sumIf(net, line_type != 'sale') AS returns,
    sales - returns AS net_revenue,
    if(countIf(cost IS NOT NULL) = 0, NULL, sumIf(net, cost IS NOT NULL) - sum(ifNull(cost, 0))) AS gross_margin
FROM report_lines
WHERE person_id != ''
    AND ordered_at >= {from:DateTime64(3, 'UTC')} AND ordered_at < {to:DateTime64(3, 'UTC')}
    AND currency = {currency:String}
    AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
    AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
    AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
    AND ({kind:String} = 'all' OR kind = 'merchandise')
    AND ({cohort:String} = '' OR person_id IN (SELECT person_id FROM cohort_members))
GROUP BY person_id
HAVING orders > 0
ORDER BY person_id
