-- Question:   What has happened to these records, and to all that are or were one person with them?
-- Grain:      one row of customer_events, in its order
-- Parameters: customer_ids
-- Freshness:  the instant of the query
-- Cost:       the keys of these records in the primary index, and a bloom filter for the records of their persons
WITH
    persons AS
    (
        SELECT argMax(person_id, ordinal) AS found
        FROM customer_events
        WHERE customer_id IN {customer_ids:Array(String)}
        GROUP BY customer_id
    )
SELECT
    customer_id, ordinal, kind, person_id, identifier_kind, identifier_source, identifier, merge_id, other_id, detail, at, actor
FROM customer_events
WHERE customer_id IN (SELECT customer_id FROM customer_events WHERE person_id IN (SELECT found FROM persons))
ORDER BY ordinal
