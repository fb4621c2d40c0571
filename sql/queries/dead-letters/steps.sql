-- Question:   What was done about this dead letter, newest first?
-- Grain:      one row a step, at most 200
-- Parameters: dead_letter_id
-- Freshness:  the instant of the query
-- Cost:       by primary key
SELECT at, actor, action, status, code, detail, job_id
FROM dead_letter_steps
WHERE dead_letter_id = {dead_letter_id:String}
ORDER BY at DESC
LIMIT 200
