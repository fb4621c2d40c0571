-- Question: What sells elsewhere and is sold out here?
-- Area:     stock
-- Note:     Products with sales in the last four weeks, by location that has carried them and has none now.
WITH (SELECT max(ordered_at) FROM sales_lines) AS newest
SELECT carried.location_id AS location_id, carried.gtin AS gtin, product.name AS product, wanted.units AS units_sold_anywhere
FROM (SELECT DISTINCT location_id, gtin FROM movements WHERE quantity > 0) AS carried
INNER JOIN
(
    SELECT gtin, sum(quantity) AS units
    FROM sales_lines
    WHERE is_purchase = 1 AND ordered_at > newest - INTERVAL 28 DAY
    GROUP BY gtin
) AS wanted ON wanted.gtin = carried.gtin
LEFT JOIN (SELECT gtin, name FROM products FINAL) AS product ON product.gtin = carried.gtin
WHERE (carried.location_id, carried.gtin) NOT IN (SELECT location_id, gtin FROM positions WHERE state = 'sellable' AND quantity > 0)
ORDER BY units_sold_anywhere DESC
LIMIT 100
