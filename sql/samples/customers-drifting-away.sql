-- Question: Which good customers have not bought for a long time?
-- Area:     customers
-- Note:     Three purchase days or more, and a silence three times as long as their usual pause.
WITH (SELECT toDate(max(ordered_at)) FROM sales_lines) AS newest
SELECT
    person_id,
    length(days) AS purchase_days,
    round(dateDiff('day', days[1], days[-1]) / (length(days) - 1), 1) AS usual_pause_days,
    dateDiff('day', days[-1], newest) AS silent_days,
    spent,
    currency
FROM
(
    SELECT person_id, currency, arraySort(groupUniqArray(toDate(ordered_at))) AS days, sum(net) AS spent
    FROM sales_lines
    WHERE person_id != '' AND is_purchase = 1
    GROUP BY person_id, currency
    HAVING length(days) >= 3
)
WHERE silent_days > 3 * usual_pause_days
ORDER BY spent DESC
LIMIT 50
