-- Question:   Which idempotency keys of commands for orders were used lately?
-- Grain:      one row per key and row that carries it, the oldest first
-- Parameters: since, the instant from which on use is of interest; max_keys, the newest so many are given
-- Freshness:  what is committed
-- Cost:       the columns of the keys since then, and a sort of so many rows
SELECT ordinal, decided_at, order_id AS subject_id, key_scope, idempotency_key, request_hash, answer_status
FROM
(
    SELECT ordinal, decided_at, order_id, key_scope, idempotency_key, request_hash, answer_status
    FROM order_events
    WHERE idempotency_key != '' AND decided_at >= {since:DateTime64(3, 'UTC')}
    ORDER BY ordinal DESC
    LIMIT {max_keys:UInt32}
)
ORDER BY ordinal
