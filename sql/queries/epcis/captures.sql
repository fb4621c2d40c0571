-- Question:   Which capture jobs are there, newest first?
-- Grain:      one row a job
-- Parameters: before_ms and before_id, the last row of the page before; capture_id and location_id ('' = all); is_running
--             (1 = only those that are not finished); page_rows
-- Freshness:  the instant of the query
-- Cost:       a full read of the jobs, without their documents unless they run
SELECT
    capture_id, created_at, finished_at, created_by, location_id, error_behaviour, success, outcome, version,
    if({is_running:UInt8} = 1, document, '') AS document
FROM epcis_captures FINAL
WHERE ({capture_id:String} = '' OR capture_id = {capture_id:String})
  AND ({location_id:String} = '' OR location_id = {location_id:String})
  AND ({is_running:UInt8} = 0 OR finished_at IS NULL)
  AND (toUnixTimestamp64Milli(created_at), capture_id) < ({before_ms:Int64}, {before_id:String})
ORDER BY created_at DESC, capture_id DESC
LIMIT {page_rows:UInt32}
