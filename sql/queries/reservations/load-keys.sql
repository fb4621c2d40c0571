-- Question:   Which idempotency keys were used lately, or for reservations that live or ended lately?
-- Grain:      one row per key and row that carries it, the oldest first
-- Parameters: since, the instant from which on use or end is of interest; max_keys, the newest so many are given
-- Freshness:  what is committed
-- Cost:       the columns of the keys, a sort of so many rows, and the rows that may hold stock since then
SELECT ordinal, decided_at, reservation_id AS subject_id, key_scope, idempotency_key, request_hash, answer_status
FROM
(
    SELECT ordinal, decided_at, reservation_id, key_scope, idempotency_key, request_hash, answer_status
    FROM reservation_events
    WHERE idempotency_key != '' AND
    (
        decided_at >= {since:DateTime64(3, 'UTC')}
        OR reservation_id IN
        (
            SELECT DISTINCT reservation_id
            FROM reservation_events
            WHERE reservation_id != '' AND (counts_until >= {since:DateTime64(3, 'UTC')} OR decided_at >= {since:DateTime64(3, 'UTC')})
        )
    )
    ORDER BY ordinal DESC
    LIMIT {max_keys:UInt32}
)
ORDER BY ordinal
