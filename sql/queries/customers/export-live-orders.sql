-- Question:   Which orders name these records, as they are now?
-- Grain:      one row an order
-- Parameters: customer_ids
-- Freshness:  the instant of the query
-- Cost:       a scan of the orders' JSON
SELECT order_json FROM orders WHERE customer_id IN {customer_ids:Array(String)} ORDER BY placed_at, order_id
