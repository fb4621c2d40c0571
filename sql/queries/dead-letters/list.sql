-- Question:   Which messages could not be understood, newest first, and what was done about them?
-- Grain:      one row a dead letter: the same bytes on the same topic, however often they came; `total` counts all
-- Parameters: state (open, replayed, discarded, resolved, all); location_id, source_id, kind, code, shape ('' = all);
--             from_ms and to_ms bound when it last came; before_ms and before_id, the last row of the page before; page_rows
-- Freshness:  the instant of the query
-- Cost:       the columns of all dead letters but their bytes; those of the page alone are read for their beginning
SELECT *
FROM
(
    SELECT *, toUnixTimestamp64Milli(last_received_at) AS last_received_ms, count() OVER () AS total
    FROM dead_letter_states
    WHERE ({state:String} IN ('all', state) OR ({state:String} = 'resolved' AND state != 'open'))
      AND ({location_id:String} = '' OR location_id = {location_id:String})
      AND ({source_id:String} = '' OR source_id = {source_id:String})
      AND ({kind:String} = '' OR kind = {kind:String})
      AND ({code:String} = '' OR code = {code:String})
      AND ({shape:String} = '' OR shape = {shape:String})
      AND toUnixTimestamp64Milli(last_received_at) BETWEEN {from_ms:Int64} AND {to_ms:Int64}
)
WHERE (last_received_ms, dead_letter_id) < ({before_ms:Int64}, {before_id:String})
ORDER BY last_received_ms DESC, dead_letter_id DESC
LIMIT {page_rows:UInt32}
