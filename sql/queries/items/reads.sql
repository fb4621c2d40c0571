-- Question:   Where was this tag read lately?
-- Grain:      one row an antenna and window of time, the newest first
-- Parameters: forms, the code words that tags of this identity may carry; since, the oldest time of intake;
--             window_seconds; page_rows
-- Freshness:  what ingest has committed
-- Cost:       of the days asked for the granules that a bloom filter on epc leaves: those of the item's own location
SELECT
    location_id, reader_id, read_antenna AS of_antenna,
    argMax(read_zone_id, read_observed_at) AS of_zone_id,
    min(read_observed_at) AS first_at,
    max(read_observed_at) AS last_at,
    sum(read_read_count) AS reads,
    maxOrNull(if(isFinite(read_rssi_dbm), read_rssi_dbm, NULL)) AS max_rssi_dbm,
    arraySort(groupUniqArray(toString(read_verdict))) AS verdicts
FROM read_batches
ARRAY JOIN
    epc AS read_epc, antenna AS read_antenna, zone_id AS read_zone_id, observed_at AS read_observed_at,
    rssi_dbm AS read_rssi_dbm, read_count AS read_read_count, verdict AS read_verdict
WHERE received_at >= {since:DateTime64(3)}
  AND hasAny(epc, {forms:Array(String)})
  AND has({forms:Array(String)}, read_epc)
GROUP BY location_id, reader_id, read_antenna, intDiv(toUnixTimestamp(read_observed_at), {window_seconds:UInt32})
ORDER BY last_at DESC, location_id, reader_id, of_antenna
LIMIT {page_rows:UInt32}
