-- Question:   What did the readers of a location read during a walk test?
-- Grain:      one row per raw read
-- Parameters: location_id; reader_id, '' for all readers; from and to, by the reader's own time
-- Freshness:  what ingest has committed
-- Cost:       the batches of the location that were taken in from an hour before the walk to a day after it
SELECT
    reader_id, antenna, zone_id, epc,
    toUnixTimestamp64Milli(observed_at) AS observed_at_ms,
    ifNotFinite(rssi_dbm, 0) AS rssi_dbm,
    isFinite(rssi_dbm) AS has_rssi
FROM reads
WHERE location_id = {location_id:String}
    AND ({reader_id:String} = '' OR reader_id = {reader_id:String})
    AND received_at >= {from:DateTime64(3)} - INTERVAL 1 HOUR
    AND received_at <= {to:DateTime64(3)} + INTERVAL 1 DAY
    AND observed_at >= {from:DateTime64(3)} AND observed_at <= {to:DateTime64(3)}
