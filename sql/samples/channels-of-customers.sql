-- Question: How many customers buy in one channel, and how many in several?
-- Area:     customers
-- Note:     A channel is where an order was placed.
SELECT channels, count() AS persons, round(avg(orders), 2) AS orders_each
FROM
(
    SELECT person_id, arrayStringConcat(arraySort(groupUniqArray(channel)), ' + ') AS channels, uniqExact(source, order_id) AS orders
    FROM sales_lines
    WHERE person_id != '' AND is_purchase = 1
    GROUP BY person_id
)
GROUP BY channels
ORDER BY persons DESC
