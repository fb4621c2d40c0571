-- Question:   What did sources say of these records?
-- Grain:      one row a customer of a source
-- Parameters: customer_ids
-- Freshness:  the instant of the query
-- Cost:       one key each of the primary index
SELECT source, customer_id, country, attributes
FROM customers FINAL
WHERE (source, customer_id) IN
    (SELECT identifier_source, identifier FROM customer_events
     WHERE customer_id IN {customer_ids:Array(String)} AND identifier_kind = 'external')
ORDER BY source, customer_id
