-- Question:   When and for how much has each person bought?
-- Grain:      one row a person and currency: days with a purchase − 1, days from the first to the last and to the end, and the
--             mean value of the days after the first one, in net revenue and in gross margin (null where a cost is not known)
-- Parameters: time_zone, where days begin and end; as_of, the last day that is looked at
-- Rule:       an order counts on the day of its first line that was sold at a price; what came back of it lessens its value, whenever
--             it came back. What is cancelled by an invoice of its own lessens nothing. Persons are merged records; guests and
--             erased persons are left out. The cost of a product is its cost now.
-- Freshness:  what is committed
-- Cost:       a scan of all order lines
WITH
lines AS
(
    SELECT
        person_id AS line_person, currency AS line_currency, source AS line_source, order_id AS line_order,
        toDate(ordered_at, {time_zone:String}) AS line_day,
        is_purchase, net AS line_net, net - cost AS line_margin
    FROM sales_lines
    WHERE person_id != '' AND line_type IN ('sale', 'return')
),
orders AS
(
    SELECT
        line_person AS order_person, line_currency AS order_currency,
        minIf(line_day, is_purchase) AS order_day,
        sum(line_net) AS order_net,
        if(countIf(line_margin IS NULL) = 0, sum(line_margin), NULL) AS order_margin
    FROM lines
    WHERE line_day <= {as_of:Date}
    GROUP BY line_person, line_currency, line_source, line_order
    HAVING countIf(is_purchase) > 0
),
days AS
(
    SELECT
        order_person AS person_id, order_currency AS currency, order_day AS day,
        sum(order_net) AS net,
        if(countIf(order_margin IS NULL) = 0, sum(order_margin), NULL) AS margin
    FROM orders
    GROUP BY order_person, order_currency, order_day
)
SELECT
    person_id, currency,
    toUInt32(count() - 1) AS repeats,
    dateDiff('day', min(day), max(day)) AS last_days,
    dateDiff('day', min(day), {as_of:Date}) AS age_days,
    if(repeats = 0, 0, toFloat64(sum(net) - argMin(net, day)) / repeats) AS mean_revenue,
    multiIf(
        repeats = 0, 0,
        countIf(margin IS NULL) > 0, NULL,
        toFloat64(sum(margin) - argMin(margin, day)) / repeats
    ) AS mean_margin
FROM days
WHERE person_id NOT IN (SELECT customer_id FROM customer_persons WHERE is_erased)
GROUP BY person_id, currency
ORDER BY currency, person_id
