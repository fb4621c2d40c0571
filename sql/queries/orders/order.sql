-- Question:   What is an order now?
-- Grain:      one row, or none: its newest change
-- Parameters: order_id
-- Freshness:  what is committed
-- Cost:       the granules that may hold the order, by a bloom filter
SELECT ordinal, kind, decided_at, fulfilment_id, order_json
FROM order_events
WHERE order_id = {order_id:String}
ORDER BY ordinal DESC
LIMIT 1
