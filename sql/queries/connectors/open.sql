-- Question:   Which messages of connectors wait to be taken?
-- Grain:      one row a message, the oldest first
-- Parameters: none
-- Freshness:  what is committed
-- Cost:       two columns of the table, and the messages that wait; asked when a writer begins
SELECT argMax(log.document, log.ordinal) AS document
FROM connector_log AS log
WHERE document_id IN (SELECT document_id FROM connector_log WHERE document_id != '' GROUP BY document_id HAVING argMax(is_open, ordinal) = 1)
GROUP BY document_id
ORDER BY min(log.ordinal)
