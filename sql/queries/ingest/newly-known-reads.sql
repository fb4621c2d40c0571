-- Question:   Which raw reads could not be counted before an ordinal because their product was not known, and is known now?
-- Grain:      one row per read, in the order of the readers' time
-- Parameters: since, the oldest time of intake; before, only messages taken before this ordinal, one beyond every ordinal for
--             all; locations, empty for all; is_all = 1 for all products and mappings that are known, else gtins (products)
--             and identities (mapped tags) that are new
-- Freshness:  what ingest has committed
-- Cost:       the batches since then that hold such reads, or reads that wait for a zone
WITH
    known_products AS
    (
        SELECT gtin FROM products FINAL
        WHERE is_deleted = 0 AND ({is_all:UInt8} = 1 OR gtin IN {gtins:Array(UInt64)})
    ),
    known_tags AS
    (
        SELECT arrayJoin(code_words) AS code_word FROM tag_mappings FINAL
        WHERE is_deleted = 0
          AND ({is_all:UInt8} = 1 OR gtin IN {gtins:Array(UInt64)} OR identity IN {identities:Array(String)})
    )
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
  AND (unknown_product > 0 OR no_product > 0 OR waiting > 0)
  AND read_verdict IN ('unknown_product', 'no_product', 'waiting')
  AND ((read_gtin > 0 AND read_gtin IN (SELECT gtin FROM known_products))
       OR (read_gtin = 0 AND read_epc IN (SELECT code_word FROM known_tags)))
ORDER BY read_observed_at, location_id, reader_id
