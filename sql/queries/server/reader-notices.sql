-- Question:   What should people know of a reader, newest first?
-- Grain:      one row a notice; repeats within 5 s are one
-- Parameters: location_id, reader_id; before_ms, the last row of the page before; kind ('' = all); page_rows
-- Freshness:  what ingest has written, every 5 s
-- Cost:       the notices of one reader, of an ordered table
SELECT at, kind, count, detail
FROM reader_notices
WHERE location_id = {location_id:String} AND reader_id = {reader_id:String}
  AND toUnixTimestamp64Milli(at) < {before_ms:Int64}
  AND ({kind:String} = '' OR kind = {kind:String})
ORDER BY at DESC, kind, detail
LIMIT {page_rows:UInt32}
