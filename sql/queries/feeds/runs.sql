-- Question:   Which feeds were fetched, and what of them was sent?
-- Grain:      one row a run, the newest first
-- Parameters: feed ('' = any), run (0 = any), before (0 = from the newest), state ('' = any), kind ('' = any), page_rows
-- Freshness:  what is committed
-- Cost:       a small table
SELECT
    feed, run, kind, since_run, state, channel, header, asked_by, revision, started_at, finished_at, rows, left_out,
    findings, bytes, sha256
FROM feed_runs
WHERE ({feed:String} = '' OR feed = {feed:String})
  AND ({run:UInt64} = 0 OR run = {run:UInt64})
  AND ({before:UInt64} = 0 OR run < {before:UInt64})
  AND ({state:String} = '' OR state = {state:String})
  AND ({kind:String} = '' OR kind = {kind:String})
ORDER BY run DESC
LIMIT {page_rows:UInt32}
