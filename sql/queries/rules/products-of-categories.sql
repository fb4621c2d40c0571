-- Question:   Which products are of these categories?
-- Grain:      one row a product
-- Parameters: categories, by their exact names
-- Freshness:  the instant of the query
-- Cost:       three columns of the products
SELECT gtin, category
FROM products FINAL
WHERE is_deleted = 0 AND category IN {categories:Array(String)}
