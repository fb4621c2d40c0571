-- Report:     K3
-- Question:   What is a customer of two or more channels worth beside one of a single channel?
-- Grain:      one row
-- Parameters: from, to, timeZone, currency, location, channel, category, cohort, kind, free
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       one pass over order lines, a number kept for each customer
-- Columns:    one_channel_customers count — n: who bought in exactly one channel in the window
--             several_channels_customers count — n: who bought in two or more
--             one_channel_mean money — mean net revenue (K1) of the former
--             several_channels_mean money — of the latter
--             plain_ratio ratio — several_channels_mean ÷ one_channel_mean, unmatched: loyal shoppers select themselves, for who buys
--             often has more occasions to use a second channel
WITH
    cohort_members AS
    (
        SELECT person_key
        FROM report_lines
        WHERE {cohort:String} != '' AND person_key != 0 AND (is_purchase OR ({free:String} = 'count' AND is_free))
        GROUP BY person_key
        HAVING formatDateTime(min(ordered_at), '%Y-%m', {time_zone:String}) = {cohort:String}
    )
SELECT
    countIf(NOT is_several) AS one_channel_customers,
    countIf(is_several) AS several_channels_customers,
    if(one_channel_customers = 0, NULL, toFloat64(sumIf(person_net, NOT is_several)) / one_channel_customers)
        AS one_channel_mean,
    if(several_channels_customers = 0, NULL, toFloat64(sumIf(person_net, is_several)) / several_channels_customers)
        AS several_channels_mean,
    if(one_channel_mean = 0, NULL, several_channels_mean / one_channel_mean) AS plain_ratio
FROM
(
    SELECT
        person_key,
        sum(net) AS person_net,
        countIf((is_purchase OR ({free:String} = 'count' AND is_free))) AS purchases,
        minIf(channel, (is_purchase OR ({free:String} = 'count' AND is_free)))
            != maxIf(channel, (is_purchase OR ({free:String} = 'count' AND is_free))) AS is_several
    FROM report_lines
    WHERE person_key != 0
        AND ordered_at >= {from:DateTime64(3, 'UTC')} AND ordered_at < {to:DateTime64(3, 'UTC')}
        AND currency = {currency:String}
        AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
        AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
        AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
        AND ({kind:String} = 'all' OR kind = 'merchandise')
        AND ({cohort:String} = '' OR person_key IN (SELECT person_key FROM cohort_members))
    GROUP BY person_key
    HAVING purchases > 0
)
