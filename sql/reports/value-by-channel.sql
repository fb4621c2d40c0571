-- Report:     K1, K2
-- Question:   What are customers of each channel worth: what have they brought so far, and what are they expected to bring?
-- Grain:      one row a channel with customers, the one with most customers first
-- Parameters: from, to, timeZone, currency, location, channel, category, cohort, kind, free
--             by: bought|first = bought — the channels in which a customer bought in the window, each of them; or the channel of
--             the first purchase of all time, one for each customer
-- Freshness:  what was recorded when it is asked; predictions as predicted-value says
-- Cost:       two passes over order lines and one over the newest predictions, a number kept for each customer
-- Columns:    channel text — in which customers bought, or came first
--             customers count — n: with a purchase in the window. By `bought` who bought in two channels is in two rows, so rows do not add up
--             several_channels_customers count — of them, who bought in two channels or more in the window
--             several_channels_share share — several_channels_customers ÷ customers
--             mean_revenue money — historic: mean of all that these customers brought in the window, in whichever channel (K1)
--             median_revenue money — historic: half of them brought less
--             predicted_customers count — of them, with a predicted value
--             mean_predicted money — predicted: mean of what they are expected to bring in the 12 months after the prediction, in any channel (K2). An estimate, never the same as mean_revenue
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
        SELECT person_id, argMin(channel, (ordered_at, source, order_id, line_no)) AS first_channel
        FROM report_lines
        WHERE {by:String} = 'first' AND person_id != '' AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_id
    ),
    people AS
    (
        SELECT
            person_id,
            sum(net) AS person_net,
            groupUniqArrayIf(channel, (is_purchase OR ({free:String} = 'count' AND is_free))) AS person_channels
        FROM report_lines
        WHERE person_id != ''
            AND ordered_at >= {from:DateTime64(3, 'UTC')} AND ordered_at < {to:DateTime64(3, 'UTC')}
            AND currency = {currency:String}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
            AND ({kind:String} = 'all' OR kind = 'merchandise')
            AND ({cohort:String} = '' OR person_id IN (SELECT person_id FROM cohort_members))
        GROUP BY person_id
        HAVING notEmpty(person_channels)
    ),
    predictions AS
    (
        SELECT person_id, value AS predicted
        FROM lifetime_values_now
        WHERE currency = {currency:String} AND measure = 'revenue' AND value IS NOT NULL
    )
SELECT
    arrayJoin(if({by:String} = 'first', [firsts.first_channel], people.person_channels)) AS channel,
    count() AS customers,
    countIf(length(people.person_channels) > 1) AS several_channels_customers,
    several_channels_customers / customers AS several_channels_share,
    toFloat64(sum(people.person_net)) / customers AS mean_revenue,
    quantileExactInclusive(0.5)(toFloat64(people.person_net)) AS median_revenue,
    count(predictions.predicted) AS predicted_customers,
    avg(predictions.predicted) AS mean_predicted
FROM people
LEFT ANY JOIN firsts ON firsts.person_id = people.person_id
LEFT ANY JOIN predictions ON predictions.person_id = people.person_id
GROUP BY channel
ORDER BY customers DESC, channel
