-- Question:   Which of these idempotency keys were used since an instant?
-- Grain:      one row per key and sender: the newest row that carries it
-- Parameters: idempotency_keys, since
-- Freshness:  what is committed
-- Cost:       the granules that may hold one of the keys, by a bloom filter; asked only of keys beyond what memory holds
SELECT ordinal, decided_at, reservation_id AS subject_id, key_scope, idempotency_key, request_hash, answer_status
FROM reservation_events
WHERE idempotency_key IN {idempotency_keys:Array(String)} AND decided_at >= {since:DateTime64(3, 'UTC')}
ORDER BY ordinal DESC
LIMIT 1 BY key_scope, idempotency_key
