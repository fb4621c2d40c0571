-- Question:   What is the ordinal of the last event?
-- Grain:      one row
-- Parameters: none
-- Freshness:  what ingest has committed
-- Cost:       one column of the newest partition
SELECT max(ordinal) AS ordinal
FROM events
WHERE toYYYYMM(recorded_at) = (SELECT max(toYYYYMM(recorded_at)) FROM events)
