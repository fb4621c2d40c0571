-- Question:   Which GTINs are ours?
-- Grain:      one row per product
-- Parameters: none
-- Freshness:  what the server has committed
-- Cost:       one column of the product table
SELECT gtin
FROM products FINAL
WHERE is_deleted = 0
