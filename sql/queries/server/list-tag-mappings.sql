-- Question:   Which foreign tags are mapped to which products?
-- Grain:      one row a tag, ordered by its key
-- Parameters: after, the last key of the page before ('' = first page); query, searched in key, GTIN and note ('' = all);
--             page_rows
-- Freshness:  the instant of the query
-- Cost:       a page without a query; with a rare one a scan of the table
SELECT identity, gtin, note, fromUnixTimestamp64Micro(toInt64(version), 'UTC') AS changed_at
FROM tag_mappings FINAL
WHERE is_deleted = 0
  AND identity > {after:String}
  AND ({query:String} = ''
       OR positionCaseInsensitiveUTF8(concat(identity, ' ', leftPad(toString(gtin), 14, '0'), ' ', note), {query:String}) > 0)
ORDER BY identity
LIMIT {page_rows:UInt32}
