-- Question: Who are our best customers, and when did they buy last?
-- Area:     customers
-- Note:     Persons are opaque ids; all records that merges join are one.
SELECT
    person_id,
    uniqExact(source, order_id) AS orders,
    sum(net) AS net_sales,
    currency,
    min(ordered_at) AS first_bought_at,
    max(ordered_at) AS last_bought_at
FROM sales_lines
WHERE person_id != ''
GROUP BY person_id, currency
ORDER BY net_sales DESC
LIMIT 50
