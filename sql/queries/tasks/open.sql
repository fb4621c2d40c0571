-- Question:   What does every task look like that is open, or changed lately?
-- Grain:      one row a task, by its newest change, in the order of their making
-- Parameters: none; lately is two days before the last change of any task
-- Freshness:  what is committed
-- Cost:       four columns of the table, and the documents of what is found
SELECT document
FROM
(
    SELECT
        document_id, argMax(document, ordinal) AS document, min(ordinal) AS made_ordinal,
        argMax(is_open, ordinal) AS is_open, max(decided_at) AS changed_at
    FROM task_log
    WHERE document_id != ''
    GROUP BY document_id
)
WHERE is_open = 1 OR changed_at >= (SELECT max(decided_at) FROM task_log) - INTERVAL 2 DAY
ORDER BY made_ordinal
