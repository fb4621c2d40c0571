-- Question:   Which groups of locations were there at an instant, and with which locations, by what was known then?
-- Grain:      one row per group; taken-back ones are left out
-- Parameters: version, Unix microseconds of the instant
-- Freshness:  what the server has committed
-- Cost:       a full read of a small table
SELECT
    group_id,
    argMax(name, version) AS name,
    argMax(locations, version) AS locations,
    argMax(changed_at, version) AS changed_at,
    argMax(changed_by, version) AS changed_by
FROM location_groups
WHERE version <= {version:UInt64}
GROUP BY group_id
HAVING argMax(is_deleted, version) = 0
ORDER BY group_id
