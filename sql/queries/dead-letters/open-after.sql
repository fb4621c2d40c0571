-- Question:   Which open dead letters match, in the order in which they first came? For a replay of many.
-- Grain:      one row a dead letter
-- Parameters: location_id, source_id, kind, code, shape ('' = all); from_ms and to_ms bound when it last came;
--             after_ms and after_id, the last row of the page before; page_rows
-- Freshness:  the instant of the query
-- Cost:       the columns of all dead letters but their bytes
SELECT
    dead_letter_id, toUnixTimestamp64Milli(first_received_at) AS first_received_ms, count() OVER () AS remaining
FROM dead_letter_states
WHERE state = 'open'
  AND ({location_id:String} = '' OR location_id = {location_id:String})
  AND ({source_id:String} = '' OR source_id = {source_id:String})
  AND ({kind:String} = '' OR kind = {kind:String})
  AND ({code:String} = '' OR code = {code:String})
  AND ({shape:String} = '' OR shape = {shape:String})
  AND toUnixTimestamp64Milli(last_received_at) BETWEEN {from_ms:Int64} AND {to_ms:Int64}
  AND (toUnixTimestamp64Milli(first_received_at), dead_letter_id) > ({after_ms:Int64}, {after_id:String})
ORDER BY first_received_ms, dead_letter_id
LIMIT {page_rows:UInt32}
