-- Question:   What did a person buy in all channels, and what of it came back?
-- Grain:      one row an order and currency, the newest first
-- Parameters: person_id, most_rows
-- Freshness:  the instant of the query
-- Cost:       a scan of all order lines: for people, not for a loop
SELECT
    source, order_id, order_id IN (SELECT order_id FROM orders) AS is_here, any(lines.channel) AS order_channel,
    arraySort(groupUniqArrayIf(lines.method, lines.method != '')) AS methods,
    arraySort(groupUniqArrayIf(lines.location_id, lines.location_id != '')) AS location_ids, currency,
    sumIf(lines.quantity, line_type = 'sale') AS units, -sumIf(lines.quantity, line_type = 'return') AS units_back,
    toString(sumIf(lines.net, line_type = 'sale')) AS sales, toString(-sumIf(lines.net, line_type != 'sale')) AS returns,
    toString(sum(lines.net)) AS net_sum, min(lines.ordered_at) AS first_at
FROM sales_lines AS lines
WHERE person_id = {person_id:String}
GROUP BY source, order_id, currency
ORDER BY first_at DESC, source, order_id
LIMIT {most_rows:UInt32}
