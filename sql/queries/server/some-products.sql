-- Question:   What is known of these products?
-- Grain:      one row a product that is known
-- Parameters: gtins
-- Freshness:  the instant of the query
-- Cost:       one key each of the primary index
SELECT gtin, sku, name, category, kind, toString(price) AS price, toString(cost) AS cost, currency, is_tagged
FROM products FINAL
WHERE is_deleted = 0 AND gtin IN {gtins:Array(UInt64)}
