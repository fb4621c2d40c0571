-- Question:   Which erasures were begun and not ended?
-- Grain:      one row a record that is erased and of which more is written
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       two columns of customer_events, once a start
SELECT customer_id, any(person_id) AS person
FROM customer_events
WHERE customer_id IN (SELECT customer_id FROM customer_events WHERE kind = 'erased')
GROUP BY customer_id
HAVING countIf(kind != 'erased') > 0
