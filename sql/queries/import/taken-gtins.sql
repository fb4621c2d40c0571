-- Question:   Which of these GTINs belong to a product or a code already?
-- Grain:      one row a GTIN that is taken
-- Parameters: gtins
-- Freshness:  the instant of the query
-- Cost:       one key each of the product table, one column of the codes
SELECT gtin FROM products WHERE gtin IN {gtins:Array(UInt64)}
UNION DISTINCT
SELECT gtin FROM product_codes WHERE gtin IN {gtins:Array(UInt64)}
