-- Report:     I15
-- Question:   How soon does a read change what can be sold, and what comes twice, late or wrong?
-- Grain:      one row, or one a location or period; none where nothing was taken in
-- Parameters: from = 30daysAgo, to, timeZone, location
--             by: all|location|day|week|month = all — a row for each of these; weeks begin on Mondays
-- Freshness:  what was recorded when it is asked; reads are kept 90 days in their sums, what was refused 30 days
-- Cost:       one pass over item events and events of the window, the sums of readers by the minute
-- Columns:    group text — the location, or the first day of the period; all. Nothing is said of whose message named no location
--             is_complete flag — 0 where the period is not over, or not all of it lies in the window: its figures are null
--             changes count — n: what reads changed of items (seen for the first time, now in another zone, come from elsewhere): what was concluded from silence is not in it
--             seconds_p50 seconds — from the read's time, by the corrected clock of its reader, to the commit after which it is available, median (I15); null without changes
--             seconds_p99 seconds — 99 of 100 were sooner
--             reads count — that came from readers
--             rejected_reads count — of them, too old, of the future, or of no product and no zone
--             events count — that tills, books and counts told and that were taken
--             duplicates count — that came again and changed nothing
--             late count — that came too late to change anything
--             rejected count — that were refused
--             duplicate_share share — duplicates ÷ (events + duplicates + late + rejected)
--             late_share share — late ÷ the same
--             rejected_share share — rejected ÷ the same
WITH
    {by:String} IN ('day', 'week', 'month') AS is_by_time,
    least({to:DateTime64(3, 'UTC')}, {as_of:DateTime64(3, 'UTC')}) AS until,
    facts AS
    (
        SELECT
            toString(location_id) AS location_id, recorded_at AS at,
            dateDiff('millisecond', occurred_at, recorded_at) / 1000 AS delay, 0 AS came, 0 AS refused, '' AS status
        FROM item_history
        WHERE event_type IN ('item_seen', 'item_moved', 'item_transferred') AND startsWith(source, 'rfid/') AND recorded_at >= {from:DateTime64(3, 'UTC')} AND recorded_at < until
        UNION ALL
        SELECT toString(location_id), toDateTime64(minute, 3, 'UTC'), NULL, sum(reads), sum(reader_activity.rejected), ''
        FROM reader_activity
        WHERE minute >= {from:DateTime64(3, 'UTC')} AND minute < until
        GROUP BY location_id, minute
        UNION ALL
        SELECT location_id, at, NULL, 0, 0, status
        FROM told_events
        WHERE at >= {from:DateTime64(3, 'UTC')} AND at < until
    ),
    placed AS
    (
        SELECT *, toDate(at, {time_zone:String}) AS day, multiIf({by:String} = 'month', toStartOfMonth(day), {by:String} = 'week', toMonday(day), {by:String} = 'day', day, toDate(0)) AS begin
        FROM facts
        WHERE (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
    )
SELECT
    multiIf({by:String} = 'location', location_id, is_by_time, toString(begin), 'all') AS group,
    NOT is_by_time OR (
        toDateTime(begin, {time_zone:String}) >= {from:DateTime64(3, 'UTC')}
        AND toDateTime(multiIf({by:String} = 'month', addMonths(begin, 1), {by:String} = 'week', begin + 7, begin + 1), {time_zone:String}) <= until) AS is_complete,
    if(is_complete, count(delay), NULL) AS changes,
    if(is_complete, quantileExactInclusiveOrNull(0.5)(delay), NULL) AS seconds_p50,
    if(is_complete, quantileExactInclusiveOrNull(0.99)(delay), NULL) AS seconds_p99,
    if(is_complete, sum(came), NULL) AS reads,
    if(is_complete, sum(refused), NULL) AS rejected_reads,
    if(is_complete, countIf(status = 'accepted'), NULL) AS events,
    if(is_complete, countIf(status = 'duplicate'), NULL) AS duplicates,
    if(is_complete, countIf(status = 'late'), NULL) AS late,
    if(is_complete, countIf(status = 'rejected'), NULL) AS rejected,
    if(countIf(status != '') = 0, NULL, duplicates / countIf(status != '')) AS duplicate_share,
    if(countIf(status != '') = 0, NULL, late / countIf(status != '')) AS late_share,
    if(countIf(status != '') = 0, NULL, rejected / countIf(status != '')) AS rejected_share
FROM placed
GROUP BY group, begin
ORDER BY group
