-- Question:   Which goods may be told of in a feed?
-- Grain:      one row a product, ordered by GTIN; `is_sku_shared` where another product has the same SKU
-- Parameters: after, the last GTIN of the page before (0 = first page); page_rows
-- Freshness:  the instant of the query
-- Cost:       a page of products, and the products' SKUs once more
WITH page AS
(
    SELECT gtin, sku, toString(price) AS price, currency
    FROM products FINAL
    WHERE is_deleted = 0 AND kind = 'merchandise' AND gtin > {after:UInt64}
    ORDER BY gtin
    LIMIT {page_rows:UInt32}
)
SELECT gtin, sku, price, currency, sku IN
(
    SELECT sku
    FROM products FINAL
    WHERE is_deleted = 0 AND sku != '' AND sku IN (SELECT sku FROM page)
    GROUP BY sku
    HAVING count() > 1
) AS is_sku_shared
FROM page
ORDER BY gtin
