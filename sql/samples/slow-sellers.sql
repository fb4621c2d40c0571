-- Question: Which products of the assortment have not sold for four weeks?
-- Area:     sales
-- Note:     Products that never sold stand first, with 1970 as their last sale.
WITH (SELECT max(ordered_at) FROM sales_lines) AS newest
SELECT product.name AS product, product.gtin AS gtin, product.category AS category, sales.last_sold_at AS last_sold_at
FROM (SELECT gtin, name, category FROM products FINAL WHERE is_deleted = 0 AND kind = 'merchandise') AS product
LEFT JOIN
(
    SELECT gtin, max(ordered_at) AS last_sold_at
    FROM sales_lines
    WHERE is_purchase = 1
    GROUP BY gtin
) AS sales ON sales.gtin = product.gtin
WHERE sales.last_sold_at < newest - INTERVAL 28 DAY
ORDER BY last_sold_at, product
LIMIT 100
