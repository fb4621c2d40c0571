-- Question:   How much of each product was in which state where after an event, and what was the last sequence there?
-- Grain:      one row per location, GTIN and state (also those at zero: they carry the last sequence)
-- Parameters: snapshot_id, a snapshot not after it, 0 for none; through, the ordinal of the event; one beyond every
--             ordinal for what is so now
-- Freshness:  what ingest has committed
-- Cost:       one snapshot and the movements from it to the event
SELECT location_id, gtin, state, sum(quantity) AS quantity, max(sequence) AS last_sequence
FROM
(
    SELECT location_id, gtin, state, quantity, last_sequence AS sequence
    FROM position_snapshots
    WHERE snapshot_id = {snapshot_id:UInt64}
    UNION ALL
    SELECT location_id, gtin, state, toInt64(quantity), sequence
    FROM movements
    WHERE ordinal > {snapshot_id:UInt64} AND ordinal <= {through:UInt64}
)
GROUP BY location_id, gtin, state
