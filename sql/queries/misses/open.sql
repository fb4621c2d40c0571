-- Question:   Of which of the misses is something on its way that nobody finished?
-- Grain:      one row a document, the oldest first
-- Parameters: none
-- Freshness:  what is committed
-- Cost:       two columns of the table, and the documents that were ever open; asked when a writer begins
SELECT argMax(log.document, log.ordinal) AS document
FROM miss_log AS log
WHERE document_id IN (SELECT document_id FROM miss_log WHERE document_id != '' GROUP BY document_id HAVING argMax(is_open, ordinal) = 1)
GROUP BY document_id
ORDER BY min(log.ordinal)
