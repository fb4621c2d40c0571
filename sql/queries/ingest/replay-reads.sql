-- Question:   Which reads did the item tracker take lately?
-- Grain:      one row per read, in the order of the readers' time
-- Parameters: since, the oldest time of intake
-- Freshness:  what ingest has committed
-- Cost:       the reads of the last minutes
SELECT
    location_id, reader_id, epc, gtin, antenna,
    toUnixTimestamp64Milli(observed_at) AS observed_at_ms,
    ifNotFinite(rssi_dbm, 0) AS rssi_dbm,
    isFinite(rssi_dbm) AS has_rssi
FROM reads
WHERE received_at >= {since:DateTime64(3)} AND verdict IN ('accepted', 'stray')
ORDER BY observed_at, location_id, reader_id
