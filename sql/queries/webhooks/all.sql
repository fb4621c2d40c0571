-- Question:   Which webhooks are there?
-- Grain:      one row a webhook, the oldest first; secrets as they are stored
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       a table of at most some hundred rows
SELECT webhook_id, url, event_types, filter, description, secret, old_secret, old_secret_until, is_enabled, disabled_reason,
       failing_since, created_at, fromUnixTimestamp64Micro(toInt64(version), 'UTC') AS changed_at
FROM webhooks FINAL
WHERE is_deleted = 0
ORDER BY created_at, webhook_id
