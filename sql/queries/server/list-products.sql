-- Question:   Which products are there?
-- Grain:      one row a product, ordered by GTIN
-- Parameters: after, the last GTIN of the page before (0 = first page); query, searched in GTIN, SKU, name and category
--             ('' = all); page_rows
-- Freshness:  the instant of the query
-- Cost:       a page without a query; with a rare one a scan of the products' words (about 0.2 s a million)
SELECT gtin, sku, name, category, kind, toString(price) AS price, toString(cost) AS cost, currency, is_tagged
FROM products FINAL
WHERE is_deleted = 0
  AND gtin > {after:UInt64}
  AND ({query:String} = ''
       OR positionCaseInsensitiveUTF8(concat(name, ' ', sku, ' ', category, ' ', leftPad(toString(gtin), 14, '0')), {query:String}) > 0)
ORDER BY gtin
LIMIT {page_rows:UInt32}
