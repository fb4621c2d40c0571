-- Question:   Was this idempotency key used for an order since an instant?
-- Grain:      one row, or none: the newest row that carries it
-- Parameters: key_scope, idempotency_key, since
-- Freshness:  what is committed
-- Cost:       the granules that may hold the key, by a bloom filter; asked only of keys beyond what memory holds
SELECT ordinal, decided_at, order_id, key_scope, idempotency_key, request_hash, answer_status
FROM order_events
WHERE idempotency_key = {idempotency_key:String} AND key_scope = {key_scope:String} AND decided_at >= {since:DateTime64(3, 'UTC')}
ORDER BY ordinal DESC
LIMIT 1
