-- Question:   What is this message of a connector by its last change?
-- Grain:      one row, or none
-- Parameters: document_id
-- Freshness:  what is committed
-- Cost:       the granules that may hold the id, by a bloom filter
SELECT document FROM connector_log WHERE document_id = {document_id:String} ORDER BY ordinal DESC LIMIT 1
