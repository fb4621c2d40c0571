-- Question:   How much of each product is in which state where, and what is the last sequence of each location?
-- Grain:      one row per location, GTIN and state (also those at zero: they carry the last sequence)
-- Parameters: snapshot_id, the newest finished snapshot; 0 when there is none
-- Freshness:  what ingest has committed
-- Cost:       one snapshot and the movements after it
SELECT location_id, gtin, state, sum(quantity) AS quantity, max(sequence) AS last_sequence
FROM
(
    SELECT location_id, gtin, state, quantity, last_sequence AS sequence
    FROM position_snapshots
    WHERE snapshot_id = {snapshot_id:UInt64}
    UNION ALL
    SELECT location_id, gtin, state, toInt64(quantity), sequence
    FROM movements
    WHERE ordinal > {snapshot_id:UInt64}
)
GROUP BY location_id, gtin, state
