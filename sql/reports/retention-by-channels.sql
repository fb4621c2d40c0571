-- Report:     K9
-- Question:   Do customers of two or more channels stay more often than those of one?
-- Grain:      one row
-- Parameters: from = 12monthsAgo, to = today, timeZone, currency, location, channel, category, kind, free
--             activeDays: integer 1..3650 = 365 — who bought within so many days before an instant is a customer then
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       one pass over order lines
-- Columns:    one_channel_customers count — n: customers at the begin of the window, with purchases in exactly one channel until then
--             one_channel_kept count — of them, customers at its end
--             one_channel_retention share — one_channel_kept ÷ one_channel_customers
--             several_channels_customers count — n: customers at the begin, with purchases in two or more
--             several_channels_kept count — of them, customers at the end
--             several_channels_retention share — several_channels_kept ÷ several_channels_customers
--             retention_ratio ratio — several_channels_retention ÷ one_channel_retention; who stays longer has more time to use a second
--             channel, so it does not say that a second channel makes people stay
--             ratio_lower ratio — lower end of its 95 % interval (a ratio of two independent shares, on its logarithm: Katz, Baptista, Azen, Pike 1978); null where nobody of a group stayed
--             ratio_upper ratio — upper end of it
WITH
    toInt32(toDate({from:DateTime64(3, 'UTC')}, {time_zone:String})) AS begin_day,
    toInt32(toDate({to:DateTime64(3, 'UTC')}, {time_zone:String})) AS end_day,
    exp(1.959963984540054 * sqrt(greatest(0,
        1 / several_channels_kept - 1 / several_channels_customers + 1 / one_channel_kept - 1 / one_channel_customers))) AS width
SELECT
    countIf(channels = 1) AS one_channel_customers,
    countIf(channels = 1 AND is_kept) AS one_channel_kept,
    if(one_channel_customers = 0, NULL, one_channel_kept / one_channel_customers) AS one_channel_retention,
    countIf(channels > 1) AS several_channels_customers,
    countIf(channels > 1 AND is_kept) AS several_channels_kept,
    if(several_channels_customers = 0, NULL, several_channels_kept / several_channels_customers) AS several_channels_retention,
    if(one_channel_retention = 0, NULL, several_channels_retention / one_channel_retention) AS retention_ratio,
    if(one_channel_kept = 0 OR several_channels_kept = 0, NULL, retention_ratio / width) AS ratio_lower,
    if(one_channel_kept = 0 OR several_channels_kept = 0, NULL, retention_ratio * width) AS ratio_upper
FROM
(
    SELECT
        person_id,
        uniqExactIf(channel, day < begin_day) AS channels,
        countIf(day >= begin_day - {active_days:UInt32} AND day < begin_day) > 0 AS is_start,
        countIf(day >= end_day - {active_days:UInt32} AND day < end_day) > 0 AS is_kept
    FROM
    (
        SELECT *, toInt32(toDate(ordered_at, {time_zone:String})) AS day
        FROM report_lines
        WHERE person_id != '' AND (is_purchase OR ({free:String} = 'count' AND is_free)) AND ordered_at < {to:DateTime64(3, 'UTC')}
            AND currency = {currency:String}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
            AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
            AND ({kind:String} = 'all' OR kind = 'merchandise')
    )
    GROUP BY person_id
    HAVING is_start
)
