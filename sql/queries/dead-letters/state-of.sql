-- Question:   What is known of these dead letters?
-- Grain:      one row a dead letter
-- Parameters: dead_letter_ids
-- Freshness:  the instant of the query
-- Cost:       the parts of the table that a bloom filter on the id leaves
SELECT *, toUnixTimestamp64Milli(last_received_at) AS last_received_ms, 0 AS total
FROM dead_letter_states
WHERE dead_letter_id IN {dead_letter_ids:Array(String)}
