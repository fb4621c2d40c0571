-- Question: What is bought together?
-- Area:     sales
-- Note:     Pairs of products by the number of orders that have both; orders of more than 50 products are left out.
WITH baskets AS
(
    SELECT source, order_id, arraySort(groupUniqArray(gtin)) AS gtins
    FROM sales_lines
    WHERE is_purchase = 1 AND kind = 'merchandise'
    GROUP BY source, order_id
    HAVING length(gtins) BETWEEN 2 AND 50
)
SELECT pairs.one AS gtin, one.name AS product, pairs.other AS with_gtin, other.name AS with_product, pairs.orders AS orders
FROM
(
    SELECT one, other, count() AS orders
    FROM (SELECT gtins, one FROM baskets ARRAY JOIN gtins AS one) AS first
    ARRAY JOIN gtins AS other
    WHERE one < other
    GROUP BY one, other
    ORDER BY orders DESC
    LIMIT 20
) AS pairs
LEFT JOIN (SELECT gtin, name FROM products FINAL) AS one ON one.gtin = pairs.one
LEFT JOIN (SELECT gtin, name FROM products FINAL) AS other ON other.gtin = pairs.other
ORDER BY orders DESC, gtin, with_gtin
