-- Question:   Which settings of item tracking have people set, for the company, locations and read points?
-- Grain:      one row per place; taken-back ones are left out
-- Parameters: none
-- Freshness:  what the server has committed
-- Cost:       a full read of a small table
SELECT
    location_id, reader_id, antenna,
    argMax(settings, version) AS settings,
    argMax(changed_at, version) AS changed_at,
    argMax(changed_by, version) AS changed_by,
    argMax(note, version) AS note
FROM tracking_settings
GROUP BY location_id, reader_id, antenna
HAVING argMax(is_deleted, version) = 0
ORDER BY location_id, reader_id, antenna
