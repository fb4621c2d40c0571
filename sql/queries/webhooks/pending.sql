-- Question:   Which deliveries were not over when the server stopped?
-- Grain:      one row a delivery, the oldest first
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       deliveries of 30 days; once, at a start
SELECT webhook_id, created_at, delivery_id, event_type, body, status, attempts, last_attempt_at, next_attempt_at, response_code,
       error, duration_ms
FROM webhook_deliveries FINAL
WHERE status = 'pending'
ORDER BY created_at, delivery_id
