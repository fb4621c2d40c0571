-- Question:   How far was each webhook told of reservations?
-- Grain:      one row a webhook
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       a table of at most some hundred rows
SELECT webhook_id, ordinal, toUnixTimestamp64Milli(expired_until) AS expired_until_ms
FROM webhook_progress FINAL
