-- Report:     I1, I2, I3, I4, I5
-- Question:   How right was the book when it was counted?
-- Grain:      one row, or one a location; none without counts
-- Parameters: from, to, timeZone, location
--             tolerance: integer 0..1000 = 1 — t of I2: so many units off are still right
--             by: all|location = all — a row for each of these
-- Freshness:  counts of the past that were told (history_count_lines); counts made here are in GET /v1/counts
-- Cost:       one pass over lines of counts
-- Columns:    group text — the location; all
--             lines count — n: products counted at a location at one time
--             exact_lines count — of them, book = counted
--             exact_accuracy share — exact_lines ÷ lines (I1)
--             tolerance units — t
--             tolerant_lines count — of the lines, off by at most t
--             tolerant_accuracy share — tolerant_lines ÷ lines (I2)
--             counted_units units — that were found
--             net_units units — sum of counted − book (I4): errors in both directions hide in it
--             gross_units units — sum of abs(counted − book) (I4)
--             unit_accuracy share — 1 − gross_units ÷ counted_units, at least 0 (I3)
--             net_cost money — net_units at cost
--             gross_cost money — gross_units at cost
--             believed_items units — book of products with tags
--             read_items units — tagged items that were read
--             read_rate ratio — read_items ÷ believed_items (I5); above 1 where more was there than believed
SELECT
    if({by:String} = 'location', location_id, 'all') AS group,
    count() AS lines,
    countIf(book = counted) AS exact_lines,
    exact_lines / lines AS exact_accuracy,
    toUInt32({tolerance:UInt32}) AS tolerance,
    countIf(abs(counted - book) <= {tolerance:UInt32}) AS tolerant_lines,
    tolerant_lines / lines AS tolerant_accuracy,
    sum(counted) AS counted_units,
    sum(counted - book) AS net_units,
    sum(abs(counted - book)) AS gross_units,
    if(counted_units = 0, NULL, greatest(0., 1 - gross_units / counted_units)) AS unit_accuracy,
    sum((counted - book) * unit_cost) AS net_cost,
    sum(toInt64(abs(counted - book)) * unit_cost) AS gross_cost,
    sumIf(book, is_tagged) AS believed_items,
    sumIf(items_read, is_tagged) AS read_items,
    if(believed_items = 0, NULL, read_items / believed_items) AS read_rate
FROM
(
    SELECT *, gtin IN (SELECT gtin FROM products FINAL WHERE is_tagged) AS is_tagged
    FROM history_count_lines
    WHERE counted_at >= {from:DateTime64(3, 'UTC')} AND counted_at < {to:DateTime64(3, 'UTC')}
        AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
)
GROUP BY group
ORDER BY group
