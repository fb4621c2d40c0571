-- Report:     K1, K2
-- Question:   What has each customer brought so far, and how often did they buy?
-- Grain:      one row a customer with at least one purchase in the window, by id
-- Parameters: from, to, timeZone, currency, location, channel, category, cohort, kind, free
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       two passes over order lines and one over the newest predictions, some numbers kept for each customer; a row a customer is sent
-- Columns:    person_id text — one person across records and channels, opaque
--             orders count — with something bought in the window
--             purchase_days count — days with purchases; those after the first are what models of repeat buying count
--             first_day date — of the first purchase in the window
--             last_day date — of the last
--             channels count — in which they bought
--             units units — bought
--             sales money — after discounts, before returns
--             returns money — what came back in the window
--             net_revenue money — sales − returns: historic lifetime value
--             gross_margin money — net revenue − cost, of lines whose product has a cost; null where none has
--             cohort text — month of the first purchase of all time, in any channel, place and currency
--             tenure_days days — from that purchase to the last one in the window
--             channel_names text — in which they bought in the window, with commas
--             predicted_value money — expected of the 12 months after predicted_as_of (revenue, discounted); an estimate, never the same as net_revenue. Null without a prediction
--             predicted_lower money — lower end of the 95 % interval of that expectation
--             predicted_upper money — upper end
--             predicted_purchases ratio — purchase days expected in those 12 months
--             alive_share share — chance that they buy again at all; null where no dropout is detectable
--             predicted_as_of date — last day that the prediction looked at
--             predicted_model text — bg_nbd, or nbd where no dropout is detectable
WITH
    cohort_members AS
    (
        SELECT person_id
        FROM report_lines
        WHERE {cohort:String} != '' AND person_id != '' AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_id
        HAVING formatDateTime(min(ordered_at), '%Y-%m', {time_zone:String}) = {cohort:String}
    ),
    firsts AS
    (
        SELECT person_id, toDate(min(ordered_at), {time_zone:String}) AS day
        FROM report_lines
        WHERE person_id != '' AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_id
    )
SELECT
    people.person_id AS person_id, people.orders AS orders, people.purchase_days AS purchase_days, people.first_day AS first_day,
    people.last_day AS last_day, people.channels AS channels, people.units AS units, people.sales AS sales,
    people.returns AS returns, people.net_revenue AS net_revenue, people.gross_margin AS gross_margin,
    formatDateTime(firsts.day, '%Y-%m') AS cohort,
    toUInt32(people.last_day - firsts.day) AS tenure_days,
    people.channel_names AS channel_names,
    predicted.value AS predicted_value, predicted.value_lower AS predicted_lower, predicted.value_upper AS predicted_upper,
    if(predicted.model = '', NULL, predicted.expected_purchases) AS predicted_purchases,
    predicted.p_alive AS alive_share,
    if(predicted.model = '', NULL, predicted.as_of) AS predicted_as_of,
    if(predicted.model = '', NULL, predicted.model) AS predicted_model
FROM
(
    SELECT
        person_id,
        uniqExactIf((source, order_id), bought) AS orders,
        uniqExactIf(day, bought) AS purchase_days,
        minIf(day, bought) AS first_day,
        maxIf(day, bought) AS last_day,
        uniqExactIf(channel, bought) AS channels,
        sumIf(quantity, bought) AS units,
        sumIf(net, line_type = 'sale') AS sales,
        -sumIf(net, line_type != 'sale') AS returns,
        sales - returns AS net_revenue,
        if(countIf(cost IS NOT NULL) = 0, NULL, sumIf(net, cost IS NOT NULL) - sum(ifNull(cost, 0))) AS gross_margin,
        arrayStringConcat(arraySort(groupUniqArrayIf(channel, bought)), ',') AS channel_names
    FROM
    (
        SELECT
            *, (is_purchase OR ({free:String} = 'count' AND is_free)) AS bought, toDate(ordered_at, {time_zone:String}) AS day
        FROM report_lines
    )
    WHERE person_id != ''
        AND ordered_at >= {from:DateTime64(3, 'UTC')} AND ordered_at < {to:DateTime64(3, 'UTC')}
        AND currency = {currency:String}
        AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
        AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
        AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
        AND ({kind:String} = 'all' OR kind = 'merchandise')
        AND ({cohort:String} = '' OR person_id IN (SELECT person_id FROM cohort_members))
    GROUP BY person_id
    HAVING orders > 0
) AS people
INNER JOIN firsts ON firsts.person_id = people.person_id
LEFT ANY JOIN (SELECT * FROM lifetime_values_now WHERE currency = {currency:String} AND measure = 'revenue') AS predicted
    ON predicted.person_id = people.person_id
ORDER BY person_id
