-- Question:   None: takes away all that was written of erased customers, but that they were erased.
-- Grain:      whole rows
-- Parameters: customer_ids
-- Freshness:  when it returns, no answer has them; the old parts leave the disk within a minute
-- Cost:       rewrites the parts that hold one
ALTER TABLE customer_events DELETE WHERE customer_id IN {customer_ids:Array(String)} AND kind != 'erased'
SETTINGS mutations_sync = 2
