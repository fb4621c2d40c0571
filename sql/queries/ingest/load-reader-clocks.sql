-- Question:   What was last added to the times of each reader whose clock was off?
-- Grain:      one row per location and reader
-- Parameters: since, the oldest minute
-- Freshness:  what ingest has written, every 5 s
-- Cost:       one row per reader and minute since then
SELECT location_id, reader_id, argMax(clock_correction_ms, minute) AS correction_ms
FROM reader_activity
WHERE minute >= {since:DateTime}
GROUP BY location_id, reader_id
HAVING correction_ms != 0
