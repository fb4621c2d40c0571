-- Question:   Which tasks were ever made of an order?
-- Grain:      one row a task, by its newest change, in the order of their making
-- Parameters: order_id
-- Freshness:  what is committed
-- Cost:       the granules that may hold the order, by a bloom filter
SELECT argMax(document, ordinal) AS document, min(ordinal) AS made_ordinal
FROM task_log
WHERE origin_id = {order_id:String} AND document_id != ''
GROUP BY document_id
ORDER BY made_ordinal
