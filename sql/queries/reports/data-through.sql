-- Question:   When was the newest written down of what reports are made of?
-- Grain:      one row; null when there is nothing
-- Parameters: none
-- Freshness:  now
-- Cost:       the last rows of the logs, and one column of imported lines
SELECT nullIf(max(at), toDateTime64(0, 3, 'UTC')) AS data_through
FROM
(
    SELECT max(recorded_at) AS at FROM events
    UNION ALL
    SELECT max(recorded_at) FROM order_log
    UNION ALL
    SELECT max(recorded_at) FROM return_log
    UNION ALL
    SELECT max(recorded_at) FROM miss_log
    UNION ALL
    SELECT fromUnixTimestamp64Milli(toInt64(intDiv(max(version), 1000)), 'UTC') FROM order_lines
)
