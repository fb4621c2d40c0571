-- Question:   In how many rows do these records lead to a person, by table?
-- Grain:      one row a table
-- Parameters: customer_ids
-- Freshness:  the instant of the query
-- Cost:       a scan of two columns of the imported orders and of the imported customers
WITH
    named AS
    (
        SELECT identifier_source, identifier
        FROM customer_events
        WHERE customer_id IN {customer_ids:Array(String)} AND identifier_kind = 'external'
    )
SELECT 'customer_events' AS found_in, count() AS found
FROM customer_events
WHERE customer_id IN {customer_ids:Array(String)} AND kind != 'erased'
UNION ALL
SELECT 'customers', count() FROM customers WHERE (source, customer_id) IN (SELECT * FROM named)
UNION ALL
SELECT 'order_lines', count() FROM order_lines WHERE (source, customer_id) IN (SELECT * FROM named)
UNION ALL
SELECT 'offer_events', count()
FROM offer_events
WHERE customer_id IN {customer_ids:Array(String)} AND code != ''
UNION ALL
SELECT 'predicted_lifetime_values', count()
FROM predicted_lifetime_values
WHERE person_id IN {customer_ids:Array(String)} OR person_id IN (SELECT concat(identifier_source, '/', identifier) FROM named)
