-- Question:   Who holds which lease and how long ago was it renewed?
-- Grain:      one row per lease, the newest epoch of each
-- Parameters: none
-- Freshness:  now, by the database's clock
-- Cost:       a tiny table
SELECT
    name, max(epoch) AS newest_epoch,
    argMax(holder, (epoch, renewed_at, holder)) AS newest_holder,
    dateDiff('millisecond', argMax(renewed_at, (epoch, renewed_at)), now64(3, 'UTC')) AS age_ms
FROM leases
GROUP BY name
