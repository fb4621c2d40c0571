-- Question:   How many units of each line of what was bought came back here?
-- Grain:      one row a line
-- Parameters: origin_id
-- Freshness:  what is committed
-- Cost:       the granules that may hold the origin, by a bloom filter
SELECT JSONExtractString(line, 'linkedLineId') AS line_id, sum(JSONExtractUInt(line, 'quantity')) AS quantity
FROM
(
    SELECT argMax(log.document, log.ordinal) AS last_document
    FROM return_log AS log
    WHERE origin_id = {origin_id:String} AND document_id != ''
    GROUP BY document_id
)
ARRAY JOIN JSONExtractArrayRaw(last_document, 'lines') AS line
WHERE JSONExtractString(last_document, 'status') IN ('inspect', 'done')
GROUP BY line_id
