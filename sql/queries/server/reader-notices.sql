-- Question:   What should people know of a reader, newest first?
-- Grain:      one row a notice; repeats within 5 s are one
-- Parameters: location_id, reader_id; before_ms, before_kind and before_hash (of its detail), the last row of the page before; kind ('' = all); page_rows
-- Freshness:  what ingest has written, every 5 s
-- Cost:       the notices of one reader, of an ordered table
SELECT at, kind, count, detail, toString(cityHash64(detail)) AS detail_hash
FROM reader_notices
WHERE location_id = {location_id:String} AND reader_id = {reader_id:String}
  AND (toUnixTimestamp64Milli(at), kind, detail_hash) < ({before_ms:Int64}, {before_kind:String}, {before_hash:String})
  AND ({kind:String} = '' OR kind = {kind:String})
ORDER BY at DESC, kind DESC, detail_hash DESC
LIMIT {page_rows:UInt32}
