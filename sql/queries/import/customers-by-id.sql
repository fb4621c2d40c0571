-- Question:   What is stored of these customers of a source?
-- Grain:      one row a customer that is stored
-- Parameters: source, customer_ids
-- Freshness:  the instant of the query
-- Cost:       one key each of the primary index
SELECT customer_id, country, attributes
FROM customers FINAL
WHERE source = {source:String} AND customer_id IN {customer_ids:Array(String)}
