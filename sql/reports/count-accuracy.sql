-- Report:     I1, I2, I3, I4, I5
-- Question:   How right was the book when it was counted?
-- Grain:      one row, or one a location, category, count or period (by when it was counted); none without counts
-- Parameters: from, to, timeZone, currency, location, category
--             tolerance: integer 0..1000 = 1 — t of I2: so many units off are still right
--             by: all|location|category|count|day|week|month = all — a row for each of these; weeks begin on Mondays
-- Freshness:  counts made here and counts of the past that were told, when it is asked; held and rejected ones are not in it
-- Cost:       one pass over lines of counts, and over the types of events
-- Columns:    group text — the location or category, location/count, or the first day of the period; all
--             is_complete flag — 0 where the period is not over, or not all of it lies in the window: its figures are null
--             counts count — that the lines are of
--             lines count — n: products counted at a location at one time
--             exact_lines count — of them, book = counted
--             exact_accuracy share — exact_lines ÷ lines (I1)
--             exact_accuracy_lower share — of its 95 % interval (Wilson 1927)
--             exact_accuracy_upper share — likewise
--             tolerance units — t
--             tolerant_lines count — of the lines, off by at most t
--             tolerant_accuracy share — tolerant_lines ÷ lines (I2)
--             book_units units — on the book just before
--             counted_units units — that were found
--             missing_units units — sum of book − counted where fewer were found
--             unexpected_units units — sum of counted − book where more were found
--             net_units units — sum of counted − book (I4): errors in both directions hide in it
--             gross_units units — sum of abs(counted − book) (I4)
--             unit_accuracy share — 1 − gross_units ÷ counted_units, at least 0 (I3)
--             book_accuracy share — 1 − gross_units ÷ book_units, at least 0: as some tools for stocktakes have it
--             net_cost money — net_units at cost, of lines with a cost; null where none has one
--             gross_cost money — gross_units at cost, likewise
--             costless_lines count — of the lines, without a cost: not in the money
--             believed_items units — book of products with tags whose count was one of tags
--             read_items units — items of them whose tags were read
--             read_rate ratio — read_items ÷ believed_items (I5); above 1 where more was there than believed; null where no tags were counted
WITH
    -- The score interval (Wilson 1927) of a share of x among n, one end of it.
    (x, n, side) -> (x + 3.841458820694124 / 2 + side * 1.959963984540054 * sqrt(x * (n - x) / n + 3.841458820694124 / 4)) / (n + 3.841458820694124) AS score_end,
    {by:String} IN ('day', 'week', 'month') AS is_by_time,
    least({to:DateTime64(3, 'UTC')}, {as_of:DateTime64(3, 'UTC')}) AS until
SELECT
    multiIf(
        {by:String} = 'location', location_id, {by:String} = 'category', category,
        {by:String} = 'count', concat(location_id, '/', count_id), is_by_time, toString(begin), 'all') AS group,
    NOT is_by_time OR (
        toDateTime(begin, {time_zone:String}) >= {from:DateTime64(3, 'UTC')}
        AND toDateTime(multiIf({by:String} = 'month', addMonths(begin, 1), {by:String} = 'week', begin + 7, begin + 1), {time_zone:String}) <= until) AS is_complete,
    if(is_complete, uniqExact(source, location_id, count_id), NULL) AS counts,
    if(is_complete, count(), NULL) AS lines,
    if(is_complete, countIf(book = counted), NULL) AS exact_lines,
    exact_lines / lines AS exact_accuracy,
    if(exact_lines = 0, 0., score_end(exact_lines, lines, -1)) AS exact_accuracy_lower,
    if(exact_lines = lines, 1., score_end(exact_lines, lines, 1)) AS exact_accuracy_upper,
    toUInt32({tolerance:UInt32}) AS tolerance,
    if(is_complete, countIf(abs(off) <= {tolerance:UInt32}), NULL) AS tolerant_lines,
    tolerant_lines / lines AS tolerant_accuracy,
    if(is_complete, sum(book), NULL) AS book_units,
    if(is_complete, sum(counted), NULL) AS counted_units,
    if(is_complete, sum(greatest(0, -off)), NULL) AS missing_units,
    if(is_complete, sum(greatest(0, off)), NULL) AS unexpected_units,
    if(is_complete, sum(off), NULL) AS net_units,
    if(is_complete, sum(abs(off)), NULL) AS gross_units,
    if(NOT is_complete OR counted_units = 0, NULL, greatest(0., 1 - gross_units / counted_units)) AS unit_accuracy,
    if(NOT is_complete OR book_units = 0, NULL, greatest(0., 1 - gross_units / book_units)) AS book_accuracy,
    if(is_complete, sum(off * cost), NULL) AS net_cost,
    if(is_complete, sum(toInt64(abs(off)) * cost), NULL) AS gross_cost,
    if(is_complete, countIf(cost IS NULL), NULL) AS costless_lines,
    if(is_complete, sumIf(book, is_tag_count), NULL) AS believed_items,
    if(is_complete, sumIf(ifNull(items_read, 0), is_tag_count), NULL) AS read_items,
    if(believed_items = 0, NULL, read_items / believed_items) AS read_rate
FROM
(
    SELECT
        *, counted - book AS off, is_tagged AND items_read IS NOT NULL AS is_tag_count,
        if({currency:String} IN ('', currency) OR currency = '', unit_cost, NULL) AS cost,
        toDate(counted_at, {time_zone:String}) AS day, multiIf({by:String} = 'month', toStartOfMonth(day), {by:String} = 'week', toMonday(day), {by:String} = 'day', day, toDate(0)) AS begin
    FROM all_count_lines
    WHERE counted_at >= {from:DateTime64(3, 'UTC')} AND counted_at < until
        AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
        AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
)
GROUP BY group, begin
ORDER BY group
