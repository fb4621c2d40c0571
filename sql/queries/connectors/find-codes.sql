-- Question:   Which products do codes of a connected shop stand for? What was mapped comes before a SKU; a SKU of several products names none.
-- Grain:      one row a code
-- Parameters: source, the connector; codes
-- Freshness:  the instant of the query
-- Cost:       the codes of the source, and two columns of the product table
SELECT code, gtin
FROM
(
    SELECT code, gtin, 1 AS rank FROM product_codes FINAL WHERE source = {source:String} AND code IN {codes:Array(String)}
    UNION ALL
    SELECT sku AS code, any(gtin) AS gtin, 2 AS rank
    FROM products FINAL
    WHERE is_deleted = 0 AND sku IN {codes:Array(String)}
    GROUP BY sku
    HAVING count() = 1
)
ORDER BY rank
LIMIT 1 BY code
