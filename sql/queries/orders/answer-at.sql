-- Question:   What was the first answer to a command for an order?
-- Grain:      one row, or none
-- Parameters: ordinal of the row that carries its key
-- Freshness:  what is committed
-- Cost:       one granule
SELECT answer_status, if(answer = '', order_json, answer) AS text
FROM order_events
WHERE ordinal = {ordinal:UInt64}
LIMIT 1
