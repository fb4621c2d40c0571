-- Question:   Which credentials are there, revoked ones too? The server judges every request by them.
-- Grain:      one row a key
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       a few milliseconds; one row per device and client
SELECT key_id, role, location_id, name, hash, origins, created_at, revoked_at
FROM api_keys FINAL
ORDER BY created_at, key_id
