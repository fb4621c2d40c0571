-- Question:   What has a person brought so far (K1, historic)?
-- Grain:      one row a currency
-- Parameters: person_id
-- Freshness:  the instant of the query
-- Cost:       a scan of all order lines: for people, not for a loop
SELECT
    currency, uniqExactIf((source, order_id), is_purchase) AS orders,
    arraySort(groupUniqArrayIf(lines.channel, is_purchase)) AS channels,
    toString(sumIf(lines.net, line_type = 'sale')) AS sales, toString(-sumIf(lines.net, line_type != 'sale')) AS returns,
    toString(sum(lines.net)) AS net_sum,
    minOrNullIf(lines.ordered_at, is_purchase) AS first_at, maxOrNullIf(lines.ordered_at, is_purchase) AS last_at
FROM sales_lines AS lines
WHERE person_id = {person_id:String}
GROUP BY currency
ORDER BY currency
