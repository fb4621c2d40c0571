-- Question:   Which messages could not be understood, newest first, and why?
-- Grain:      one row a message (a repeat of the same bytes is the same dead letter)
-- Parameters: before_ms and before_id, the last row of the page before; location_id and code ('' = all); page_rows
-- Freshness:  the instant of the query
-- Cost:       the newest rows of an ordered table; the payload is cut to its first 4 KiB
SELECT
    dead_letter_id, received_at, topic, location_id, source_id, code, detail, left(payload, 5464) AS payload
FROM dead_letters
WHERE (toUnixTimestamp64Milli(received_at), dead_letter_id) < ({before_ms:Int64}, {before_id:String})
  AND ({location_id:String} = '' OR location_id = {location_id:String})
  AND ({code:String} = '' OR code = {code:String})
ORDER BY received_at DESC, dead_letter_id DESC
LIMIT {page_rows:UInt32}
