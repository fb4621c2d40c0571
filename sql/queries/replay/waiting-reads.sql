-- Question:   Which reads of a time waited for their reader or antenna to be assigned to a zone?
-- Grain:      one row per read, in the order of the readers' time
-- Parameters: since, the oldest time of intake; before, only messages taken before this ordinal; locations, empty for all
-- Freshness:  what ingest has committed
-- Cost:       the batches of that time that hold waiting reads
SELECT
    location_id, reader_id, read_epc AS epc, read_gtin AS gtin, read_antenna AS antenna,
    toUnixTimestamp64Milli(read_at) AS observed_at_ms,
    ifNotFinite(read_rssi, 0) AS rssi_dbm,
    isFinite(read_rssi) AS has_rssi
FROM read_batches
ARRAY JOIN
    epc AS read_epc, gtin AS read_gtin, antenna AS read_antenna, observed_at AS read_at, rssi_dbm AS read_rssi,
    verdict AS read_verdict
WHERE received_at >= {since:DateTime64(3)} AND taken_ordinal < {before:UInt64} AND waiting > 0
    AND read_verdict = 'waiting'
    AND (empty({locations:Array(String)}) OR has({locations:Array(String)}, location_id))
ORDER BY read_at, location_id, reader_id
