-- Question:   What was the first answer to a command?
-- Grain:      one row, or none
-- Parameters: ordinal of the row that carries its key
-- Freshness:  what is committed
-- Cost:       one granule
SELECT answer_status, if(answer = '', reservation, answer) AS text
FROM reservation_events
WHERE ordinal = {ordinal:UInt64}
LIMIT 1
