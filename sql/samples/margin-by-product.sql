-- Question: Where do we earn, and where do we lose?
-- Area:     sales
-- Note:     Cost is that of today; products without a cost are left out.
SELECT product.name AS product, lines.gtin AS gtin, lines.net_sales AS net_sales, lines.margin AS margin, round(toFloat64(lines.margin) / toFloat64(lines.net_sales), 4) AS margin_share, lines.currency AS currency
FROM
(
    SELECT gtin, currency, sum(net) AS net_sales, sum(net - cost) AS margin
    FROM sales_lines
    WHERE cost IS NOT NULL AND kind = 'merchandise'
    GROUP BY gtin, currency
    HAVING net_sales > 0
) AS lines
LEFT JOIN (SELECT gtin, name FROM products FINAL) AS product ON product.gtin = lines.gtin
ORDER BY margin DESC
LIMIT 50
