-- Question:   Which answer did a command with this key get?
-- Grain:      one row, or none
-- Parameters: key_scope, idempotency_key, since
-- Freshness:  what is committed
-- Cost:       the granules that may hold the key, by a bloom filter
SELECT
    document_id,
    JSONExtractString(details, 'requestHash') AS request_hash,
    toUInt16(JSONExtractUInt(details, 'answerStatus')) AS answer_status,
    JSONExtractString(details, 'answer') AS answer
FROM task_log
WHERE idempotency_key = {idempotency_key:String}
  AND JSONExtractString(details, 'keyScope') = {key_scope:String}
  AND decided_at >= {since:DateTime64(3, 'UTC')}
ORDER BY ordinal DESC
LIMIT 1
