-- Question:   Which messages of one thing of a connected shop are held, the oldest first?
-- Grain:      one row a message, at most 50
-- Parameters: origin_id, {connector}:{subject}
-- Freshness:  what is committed
-- Cost:       the granules that may hold the id, by a bloom filter
SELECT argMax(log.document, log.ordinal) AS document
FROM connector_log AS log
WHERE origin_id = {origin_id:String}
GROUP BY document_id
HAVING argMax(log.kind, log.ordinal) = 'held'
ORDER BY min(log.ordinal)
LIMIT 50
