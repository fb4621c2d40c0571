-- Question:   What was bought in an order of the imported history, and what of it came back or was cancelled?
-- Grain:      one row a product
-- Parameters: order_id, source ('' = any)
-- Freshness:  what is committed
-- Cost:       the order with its source; without it the column order_id
SELECT
    any(lines.source) AS order_source,
    lines.gtin AS gtin,
    anyIf(lines.channel, line_type = 'sale') AS channel,
    anyIf(lines.method, line_type = 'sale') AS method,
    sumIf(quantity, line_type = 'sale') AS sold,
    sumIf(abs(quantity), line_type != 'sale') AS gone_back
FROM order_lines AS lines FINAL
WHERE order_id = {order_id:String} AND ({source:String} = '' OR lines.source = {source:String}) AND lines.gtin > 0
GROUP BY gtin
ORDER BY gtin
