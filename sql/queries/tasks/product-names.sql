-- Question:   What are these products called?
-- Grain:      one row a product that is in the list
-- Parameters: gtins, at most 100
-- Freshness:  the newest version of the product list
-- Cost:       the granules of these products, by the primary key
SELECT gtin, name FROM products FINAL WHERE gtin IN {gtins:Array(UInt64)}
