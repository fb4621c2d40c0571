-- Question:   How much of each product is in which state where, and what is the last sequence of each location?
-- Grain:      one row per location, GTIN and state, those at zero too: they carry the last sequence
-- Parameters: none; the newest finished snapshot is chosen here, in the same statement that reads it
-- Freshness:  what is committed. One statement reads `events` once, so quantities and sequence belong together
-- Cost:       one snapshot and the movements of each location after it
WITH
    (SELECT max(snapshot_id) FROM snapshots) AS newest,
    included AS
    (
        SELECT location_id, max(last_sequence) AS through
        FROM position_snapshots
        WHERE snapshot_id = newest
        GROUP BY location_id
    )
SELECT location_id, gtin, state, sum(quantity) AS quantity, max(sequence) AS last_sequence
FROM
(
    SELECT location_id, gtin, state, quantity, last_sequence AS sequence
    FROM position_snapshots
    WHERE snapshot_id = newest
    UNION ALL
    SELECT m.location_id AS location_id, m.gtin AS gtin, m.state AS state, toInt64(m.quantity) AS quantity, m.sequence AS sequence
    FROM movements AS m
    LEFT JOIN included ON included.location_id = m.location_id
    WHERE m.sequence > included.through
)
GROUP BY location_id, gtin, state
