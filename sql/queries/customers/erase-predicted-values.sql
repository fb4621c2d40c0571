-- Question:   None: takes away what erased customers were expected to be worth.
-- Grain:      whole rows. The ids of the source stand in a subquery, so that the text of the mutation, which ClickHouse keeps, has none
-- Parameters: customer_ids
-- Freshness:  when it returns, no answer has them; the old parts leave the disk within a minute
-- Cost:       rewrites the parts that hold one
ALTER TABLE predicted_lifetime_values DELETE WHERE person_id IN
    (SELECT customer_id FROM customer_events WHERE customer_id IN {customer_ids:Array(String)}
     UNION ALL
     SELECT concat(identifier_source, '/', identifier) FROM customer_events
     WHERE customer_id IN {customer_ids:Array(String)} AND identifier_kind = 'external')
SETTINGS mutations_sync = 2
