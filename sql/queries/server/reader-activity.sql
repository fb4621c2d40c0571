-- Question:   Which readers were heard in the last 90 days, and when last?
-- Grain:      one row a reader
-- Parameters: none
-- Freshness:  about a minute; what is newer comes over MQTT
-- Cost:       one row per reader and minute of the last 90 days; some 100 ms for 1,000 readers
SELECT
    location_id, reader_id, anyLast(format) AS format, sum(reads) AS reads, sum(rejected) AS rejected,
    sum(lost) AS lost, argMax(clock_correction_ms, minute) AS clock_correction_ms,
    max(last_heard_at) AS last_heard_at
FROM reader_activity
GROUP BY location_id, reader_id
ORDER BY location_id, reader_id
LIMIT 20000
