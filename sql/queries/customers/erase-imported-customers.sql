-- Question:   None: takes away what a source said of erased customers.
-- Grain:      whole rows. The ids of the source stand in a subquery, so that the text of the mutation, which ClickHouse keeps, has none
-- Parameters: customer_ids
-- Freshness:  when it returns, no answer has them; the old parts leave the disk after their lifetime
-- Cost:       rewrites the parts that hold one
ALTER TABLE customers DELETE WHERE (source, customer_id) IN
    (SELECT identifier_source, identifier FROM customer_events
     WHERE customer_id IN {customer_ids:Array(String)} AND identifier_kind = 'external')
SETTINGS mutations_sync = 2
