-- Question: Which readers have gone quiet?
-- Area:     reads
-- Note:     Readers that were heard in the last week and not in the last hour.
SELECT location_id, reader_id, max(last_heard_at) AS heard_at, sum(reads) AS reads_of_the_week
FROM reader_activity
WHERE minute > now() - INTERVAL 7 DAY
GROUP BY location_id, reader_id
HAVING heard_at < now() - INTERVAL 1 HOUR
ORDER BY heard_at
