-- Question:   None: imported order lines of erased customers name the opaque id instead, so that every figure stays.
-- Grain:      one column. The ids of the source stand in a subquery, so that the text of the mutation, which ClickHouse keeps, has none
-- Parameters: customer_ids, person_id
-- Freshness:  when it returns, no answer has them; the old parts leave the disk after their lifetime
-- Cost:       rewrites the column in the parts that hold one
ALTER TABLE order_lines UPDATE customer_id = {person_id:String} WHERE (source, customer_id) IN
    (SELECT identifier_source, identifier FROM customer_events
     WHERE customer_id IN {customer_ids:Array(String)} AND identifier_kind = 'external')
SETTINGS mutations_sync = 2
