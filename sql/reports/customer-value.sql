-- Report:     K1
-- Question:   What has a customer brought so far: revenue, and margin apart?
-- Grain:      one row
-- Parameters: from, to, timeZone, currency, location, channel, category, cohort, kind, free
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       one pass over order lines, a number kept for each customer
-- Columns:    customers count — n: with at least one purchase in the window; guests are nobody
--             sales money — what they bought, after discounts, before returns
--             returns money — of it, and of earlier purchases, came back in the window
--             net_revenue money — sales − returns
--             mean_revenue money — net_revenue ÷ customers: historic lifetime value
--             median_revenue money — of the customers' net revenue
--             p25_revenue money — a quarter of the customers brought less
--             p75_revenue money — a quarter brought more
--             p90_revenue money — a tenth brought more
--             p99_revenue money — one in a hundred brought more
--             min_revenue money — the least, negative where more came back than was bought in the window
--             max_revenue money — the most
--             mean_sales money — sales ÷ customers
--             median_sales money — of the customers' sales
--             top_20_percent_share share — of sales, by the fifth of the customers (rounded up) that bought most
--             top_1_percent_share share — of sales, by the hundredth of the customers (rounded up) that bought most
--             gross_margin money — net revenue − cost, of lines whose product has a cost; at today's cost
--             mean_margin money — gross_margin ÷ customers; null where no product has a cost
--             cost_known_share share — of net revenue, how much has a cost
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
    sum(person_sales) AS sales,
    sum(person_returns) AS returns,
    sum(person_net) AS net_revenue,
    if(customers = 0, NULL, toFloat64(net_revenue) / customers) AS mean_revenue,
    if(customers = 0, NULL, quantilesExactInclusive(0.5, 0.25, 0.75, 0.9, 0.99)(toFloat64(person_net))[1]) AS median_revenue,
    if(customers = 0, NULL, quantilesExactInclusive(0.5, 0.25, 0.75, 0.9, 0.99)(toFloat64(person_net))[2]) AS p25_revenue,
    if(customers = 0, NULL, quantilesExactInclusive(0.5, 0.25, 0.75, 0.9, 0.99)(toFloat64(person_net))[3]) AS p75_revenue,
    if(customers = 0, NULL, quantilesExactInclusive(0.5, 0.25, 0.75, 0.9, 0.99)(toFloat64(person_net))[4]) AS p90_revenue,
    if(customers = 0, NULL, quantilesExactInclusive(0.5, 0.25, 0.75, 0.9, 0.99)(toFloat64(person_net))[5]) AS p99_revenue,
    if(customers = 0, NULL, min(person_net)) AS min_revenue,
    if(customers = 0, NULL, max(person_net)) AS max_revenue,
    if(customers = 0, NULL, toFloat64(sales) / customers) AS mean_sales,
    if(customers = 0, NULL, quantileExactInclusive(0.5)(toFloat64(person_sales))) AS median_sales,
    if(sales = 0, NULL, toFloat64(arraySum(arraySlice(arrayReverseSort(groupArray(person_sales)), 1, toUInt64(ceil(customers / 5))))) / toFloat64(sales))
        AS top_20_percent_share,
    if(sales = 0, NULL, toFloat64(arraySum(arraySlice(arrayReverseSort(groupArray(person_sales)), 1, toUInt64(ceil(customers / 100))))) / toFloat64(sales))
        AS top_1_percent_share,
    sum(person_margin) AS gross_margin,
    if(sum(net_with_cost) = 0, NULL, toFloat64(gross_margin) / customers) AS mean_margin,
    if(net_revenue = 0, NULL, toFloat64(sum(net_with_cost)) / toFloat64(net_revenue)) AS cost_known_share
FROM
(
    SELECT
        person_key,
        countIf((is_purchase OR ({free:String} = 'count' AND is_free))) AS purchases,
        sumIf(net, line_type = 'sale') AS person_sales,
        -sumIf(net, line_type != 'sale') AS person_returns,
        person_sales - person_returns AS person_net,
        sumIf(net, cost IS NOT NULL) AS net_with_cost,
        net_with_cost - sum(ifNull(cost, 0)) AS person_margin
    FROM report_lines
    WHERE person_key != 0
        AND ordered_at >= {from:DateTime64(3, 'UTC')} AND ordered_at < {to:DateTime64(3, 'UTC')}
        AND currency = {currency:String}
        AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
        AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
        AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
        AND ({kind:String} = 'all' OR kind = 'merchandise')
        AND ({cohort:String} = '' OR person_key IN (SELECT person_key FROM cohort_members))
    GROUP BY person_key
    HAVING purchases > 0
)
