-- Question: Where do units get lost, and why?
-- Area:     stock
-- Note:     Movements that took units away without a sale or a transfer, in the last four weeks.
SELECT location_id, reason, -sum(quantity) AS units, count() AS movements
FROM movements
WHERE reason IN ('missing', 'left', 'counted', 'damaged', 'adjusted') AND quantity < 0 AND occurred_at > now() - INTERVAL 28 DAY
GROUP BY location_id, reason
ORDER BY units DESC
