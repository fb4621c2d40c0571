-- Question:   Which books of other systems are there?
-- Grain:      one row a book: a source, a location and an import; the newest first
-- Parameters: source ('' = any), location_id ('' = any), page_rows, page_offset
-- Freshness:  what is committed; a book is there once its import is done
-- Cost:       a small table
SELECT source, location_id, book, as_of_first, as_of_last, lines, unmatched, book = max(book) OVER (PARTITION BY source, location_id) AS is_newest
FROM
(
    SELECT source, location_id, book, as_of_first, as_of_last, lines, unmatched FROM erp_books
    UNION ALL
    SELECT
        source, location_id, toUInt64(toUnixTimestamp64Micro(max(as_of))) AS book, min(as_of) AS as_of_first, max(as_of) AS as_of_last,
        count() AS lines, countIf(gtin = 0) AS unmatched
    FROM erp_live_lines FINAL
    GROUP BY source, location_id
)
WHERE ({source:String} = '' OR source = {source:String})
  AND ({location_id:String} = '' OR location_id = {location_id:String})
ORDER BY book DESC, source, location_id
LIMIT {page_rows:UInt32} OFFSET {page_offset:UInt32}
