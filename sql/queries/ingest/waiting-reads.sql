-- Question:   Which reads of a time waited for their reader or antenna to be assigned to a zone?
-- Grain:      one row per read, in the order of the readers' time
-- Parameters: since, the oldest time of intake; before, only messages taken before this ordinal, one beyond every ordinal for
--             all; locations, empty for all
-- Freshness:  what ingest has committed
-- Cost:       the batches of that time that hold waiting reads
SELECT
    location_id, reader_id, read_epc AS epc, read_gtin AS gtin, read_antenna AS antenna,
    toUnixTimestamp64Milli(read_observed_at) AS observed_at_ms,
    ifNotFinite(read_rssi_dbm, 0) AS rssi_dbm,
    isFinite(read_rssi_dbm) AS has_rssi
FROM read_batches
ARRAY JOIN
    read_batches.epc AS read_epc, read_batches.gtin AS read_gtin, read_batches.antenna AS read_antenna,
    observed_at AS read_observed_at, read_batches.rssi_dbm AS read_rssi_dbm, verdict AS read_verdict
WHERE received_at >= {since:DateTime64(3)} AND taken_ordinal < {before:UInt64}
  AND (empty({locations:Array(String)}) OR has({locations:Array(String)}, location_id))
  AND waiting > 0 AND read_verdict = 'waiting'
ORDER BY read_observed_at, location_id, reader_id
