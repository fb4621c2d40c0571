-- Question:   Which products have these SKUs? A SKU of several products names none.
-- Grain:      one row a SKU
-- Parameters: skus
-- Freshness:  the instant of the query
-- Cost:       two columns of the product table
SELECT sku AS code, any(gtin) AS gtin
FROM products FINAL
WHERE is_deleted = 0 AND sku IN {skus:Array(String)}
GROUP BY sku
HAVING count() = 1
