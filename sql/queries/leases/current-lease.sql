-- Question:   Who holds the lease, and how long ago was it renewed?
-- Grain:      one row, or none
-- Parameters: name of the lease
-- Freshness:  now, by the database's clock
-- Cost:       a tiny table
SELECT
    epoch, argMax(holder, (renewed_at, holder)) AS holder,
    dateDiff('millisecond', max(renewed_at), now64(3, 'UTC')) AS age_ms
FROM leases
WHERE name = {name:String}
GROUP BY epoch
ORDER BY epoch DESC
LIMIT 1
