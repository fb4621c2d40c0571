-- Question: Which products sold best in the last four weeks?
-- Area:     sales
-- Note:     The last four weeks are those before the newest sale, so that imported history answers too.
WITH (SELECT max(ordered_at) FROM sales_lines) AS newest
SELECT product.name AS product, sales.gtin AS gtin, sales.units AS units, sales.net_sales AS net_sales, sales.currency AS currency
FROM
(
    SELECT gtin, currency, sum(quantity) AS units, sum(net) AS net_sales
    FROM sales_lines
    WHERE ordered_at > newest - INTERVAL 28 DAY AND kind = 'merchandise'
    GROUP BY gtin, currency
) AS sales
LEFT JOIN (SELECT gtin, name FROM products FINAL) AS product ON product.gtin = sales.gtin
ORDER BY units DESC
LIMIT 20
