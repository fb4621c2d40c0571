-- Question:   None: takes away values of persons who were erased while they were computed.
-- Grain:      whole rows
-- Parameters: none
-- Freshness:  when it returns, no answer has them
-- Cost:       rewrites the parts that hold one
ALTER TABLE predicted_lifetime_values DELETE WHERE person_id IN (SELECT customer_id FROM customer_events WHERE kind = 'erased')
SETTINGS mutations_sync = 2
