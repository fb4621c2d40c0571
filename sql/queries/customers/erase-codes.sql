-- Question:   None: takes away the codes that were made for erased customers. That they were issued and redeemed stays.
-- Grain:      one column
-- Parameters: customer_ids
-- Freshness:  when it returns, no answer has them
-- Cost:       rewrites the column in the parts that hold one
ALTER TABLE offer_events UPDATE code = '' WHERE customer_id IN {customer_ids:Array(String)} AND code != ''
SETTINGS mutations_sync = 2
