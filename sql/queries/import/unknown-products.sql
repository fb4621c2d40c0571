-- Question:   Which products do the past orders of a source name that the product list does not have, and what are they called there?
-- Grain:      one row a product; name is the first that a sale has, empty for none
-- Parameters: source
-- Freshness:  the instant of the query
-- Cost:       a few columns of the source's lines, and the product list
SELECT
    gtin, any(code) AS code,
    argMinIf(description, (ordered_at, order_id, line_no), line_type = 'sale' AND unit_price != 0 AND description != '') AS name,
    any(toString(currency)) AS currency
FROM order_lines FINAL
WHERE source = {source:String} AND gtin NOT IN (SELECT gtin FROM products)
GROUP BY gtin
ORDER BY gtin
