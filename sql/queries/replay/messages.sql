-- Question:   Which messages of raw reads were taken in, and as how many?
-- Grain:      one row per reader and batch: its messages, and their reads, as parallel arrays
-- Parameters: first and last, ordinals: rows that began within them; not_before, messages of rows that ended at it or later;
--             locations, empty for all; imported, 1 for reads of the past that were imported too
-- Freshness:  what ingest has committed
-- Cost:       the raw reads of that time
SELECT
    location_id, reader_id, taken_ordinal, message_after, message_reads,
    epc, gtin, antenna, zone_id, verdict,
    arrayMap(at -> toUnixTimestamp64Milli(at), observed_at) AS observed_at_ms,
    rssi_dbm
FROM read_batches
WHERE taken_ordinal BETWEEN {first:UInt64} AND {last:UInt64}
    AND taken_ordinal + if(empty(message_after), 0, message_after[-1]) >= {not_before:UInt64}
    AND (empty({locations:Array(String)}) OR has({locations:Array(String)}, location_id))
    AND ({imported:UInt8} = 1 OR verdict[1] != 'historical')
