-- All credentials, revoked ones too: the server holds them in memory to judge every request.
-- Grain: one row a key. Freshness: the instant of the query. Cost: a few milliseconds; one row per device and client.
SELECT key_id, role, location_id, name, hash, origins, created_at, revoked_at
FROM api_keys FINAL
ORDER BY created_at, key_id
