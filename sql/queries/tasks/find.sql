-- Question:   What is a task now?
-- Grain:      one row, or none
-- Parameters: document_id
-- Freshness:  what is committed
-- Cost:       the granules that may hold the task, by a bloom filter
SELECT document
FROM task_log
WHERE document_id = {document_id:String}
ORDER BY ordinal DESC
LIMIT 1
