-- Question:   Which category is each product of, and does it carry tags?
-- Grain:      one row per product that changed since
-- Parameters: since (Unix microseconds; 0 = all products)
-- Freshness:  what the server has committed
-- Cost:       four columns of the product table
SELECT gtin, category, is_tagged, version
FROM products FINAL
WHERE version > {since:UInt64} AND is_deleted = 0
