-- Question:   Which shops are connected?
-- Grain:      one row a connector, the oldest first; secrets as they are stored
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       a table of at most some hundred rows
SELECT connector_id, settings, secret, created_at, fromUnixTimestamp64Micro(toInt64(version), 'UTC') AS changed_at
FROM connectors FINAL
WHERE is_deleted = 0
ORDER BY created_at, connector_id
