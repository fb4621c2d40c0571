-- Question:   What is stored of these products, deleted ones too?
-- Grain:      one row a product that is stored
-- Parameters: gtins
-- Freshness:  the instant of the query
-- Cost:       one key each of the primary index
SELECT gtin, sku, name, category, kind, price, cost, currency, is_tagged, is_deleted
FROM products FINAL
WHERE gtin IN {gtins:Array(UInt64)}
