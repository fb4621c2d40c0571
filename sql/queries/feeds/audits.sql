-- Question:   Which rehearsals of the audit were there, and what came of them?
-- Grain:      one row an audit, the newest first
-- Parameters: audit_id ('' = any), location_id ('' = any), before_ms, Unix ms of the last one of the page before (0 = first page),
--             page_rows
-- Freshness:  what is committed
-- Cost:       a small table
SELECT audit_id, location_id, seed, run, created_at, created_by, rows, pass_share
FROM feed_audits FINAL
WHERE ({audit_id:String} = '' OR audit_id = {audit_id:String})
  AND ({location_id:String} = '' OR location_id = {location_id:String})
  AND ({before_ms:UInt64} = 0 OR toUnixTimestamp64Milli(created_at) < {before_ms:UInt64})
ORDER BY created_at DESC
LIMIT {page_rows:UInt32}
