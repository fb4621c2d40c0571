-- Question:   (writes) Positions as of an event, from the snapshot before it and the movements since.
-- Grain:      one row per location, GTIN and state
-- Parameters: snapshot_id, the ordinal of the last event it contains; previous_id, the snapshot before, 0 for none
-- Cost:       one snapshot and the movements of a day
INSERT INTO position_snapshots (snapshot_id, location_id, last_sequence, gtin, state, quantity)
SELECT {snapshot_id:UInt64}, location_id, max(sequence), gtin, state, sum(quantity)
FROM
(
    SELECT location_id, gtin, state, quantity, last_sequence AS sequence
    FROM position_snapshots
    WHERE snapshot_id = {previous_id:UInt64}
    UNION ALL
    SELECT location_id, gtin, state, toInt64(quantity), sequence
    FROM movements
    WHERE ordinal > {previous_id:UInt64} AND ordinal <= {snapshot_id:UInt64}
)
GROUP BY location_id, gtin, state
