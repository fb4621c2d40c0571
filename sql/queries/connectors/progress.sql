-- Question:   What was found last of an order of a connected shop?
-- Grain:      one row, or none: the newest change of a message of it that has a progress
-- Parameters: origin_id, {connector}:{subject}
-- Freshness:  what is committed
-- Cost:       the granules that may hold the id, by a bloom filter
SELECT JSONExtractRaw(document, 'progress') AS progress
FROM connector_log
WHERE origin_id = {origin_id:String} AND JSONType(document, 'progress') = 'Object'
ORDER BY ordinal DESC
LIMIT 1
