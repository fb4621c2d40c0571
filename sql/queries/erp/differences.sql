-- Question:   Where do the books of other systems and our ledger differ?
-- Grain:      one row a source, location and product; the largest difference first
-- Parameters: source ('' = any), location_id ('' = any), kind ('' = any), min_units, the least difference; page_rows, page_offset
-- Rule:       the newest book of a source and location counts; of a book that comes line by line the newest line of each code, and what it
--             does not name is compared with nothing. Our units are what had happened at the time for which the line says it
--             was true, by what we know now: what came later is no difference, what came late is none either. A product that the book
--             does not name is compared as of the book's last time, with none in the book. Units in any state count: on hand.
-- Freshness:  what is committed
-- Cost:       all movements of the locations with a book
WITH
newest AS
(
    SELECT
        b.source AS source, b.location_id AS location_id, max(b.book) AS book, argMax(b.as_of_last, b.book) AS as_of_last, 1 AS is_whole
    FROM erp_books AS b
    WHERE ({source:String} = '' OR b.source = {source:String})
      AND ({location_id:String} = '' OR b.location_id = {location_id:String})
    GROUP BY b.source, b.location_id
    UNION ALL
    SELECT b.source AS source, b.location_id AS location_id, toUInt64(0) AS book, max(b.as_of) AS as_of_last, 0 AS is_whole
    FROM erp_live_lines AS b
    WHERE ({source:String} = '' OR b.source = {source:String})
      AND ({location_id:String} = '' OR b.location_id = {location_id:String})
    GROUP BY b.source, b.location_id
),
lines AS
(
    SELECT l.source AS source, l.location_id AS location_id, l.gtin AS gtin, l.quantity AS quantity, l.as_of AS as_of
    FROM erp_book_lines AS l
    INNER JOIN newest AS n ON n.source = l.source AND n.location_id = l.location_id AND n.book = l.book
    WHERE l.gtin != 0
    UNION ALL
    -- Codes of one product are one line of it: an item that was mapped anew has its old code too.
    SELECT l.source AS source, l.location_id AS location_id, l.gtin AS gtin, argMax(l.quantity, l.as_of) AS quantity, max(l.as_of) AS as_of
    FROM erp_live_lines AS l FINAL
    WHERE l.gtin != 0 AND (l.source, l.location_id) IN (SELECT source, location_id FROM newest WHERE is_whole = 0)
    GROUP BY l.source, l.location_id, l.gtin
),
moved AS
(
    SELECT m.location_id AS location_id, m.gtin AS gtin, m.quantity AS quantity, m.occurred_at AS occurred_at
    FROM movements AS m
    WHERE m.location_id IN (SELECT location_id FROM newest)
),
sides AS
(
    SELECT
        n.source AS source, m.location_id AS location_id, m.gtin AS gtin,
        sumIf(m.quantity, m.occurred_at <= if(l.gtin = 0, n.as_of_last, l.as_of)) AS ours,
        toInt64(0) AS theirs,
        toUInt8(0) AS is_in_book,
        toUInt8(1) AS is_here,
        max(if(l.gtin = 0, n.as_of_last, l.as_of)) AS as_of
    FROM moved AS m
    INNER JOIN newest AS n ON n.location_id = m.location_id
    LEFT JOIN lines AS l ON l.source = n.source AND l.location_id = m.location_id AND l.gtin = m.gtin
    WHERE n.is_whole = 1 OR l.gtin != 0
    GROUP BY n.source, m.location_id, m.gtin
    UNION ALL
    SELECT source, location_id, gtin, toInt64(0), quantity, toUInt8(1), toUInt8(0), as_of
    FROM lines
),
compared AS
(
    SELECT
        source, location_id, gtin,
        sum(ours) AS on_hand, sum(theirs) AS book_quantity, on_hand - book_quantity AS difference,
        multiIf(max(is_in_book) = 0, 'not_in_book', max(is_here) = 0, 'not_here', 'quantity') AS kind,
        max(as_of) AS as_of
    FROM sides
    GROUP BY source, location_id, gtin
    HAVING abs(difference) >= greatest({min_units:UInt32}, 1) AND ({kind:String} = '' OR kind = {kind:String})
)
SELECT
    c.source AS source, c.location_id AS location_id, c.gtin AS gtin, c.on_hand AS on_hand, c.book_quantity AS book_quantity,
    c.difference AS difference, c.kind AS kind, c.as_of AS as_of,
    p.gtin != 0 AS is_known, p.sku AS sku, p.name AS name, toString(p.cost) AS cost, p.currency AS currency,
    toString(toDecimal128(p.cost, 6) * c.difference) AS value,
    count() OVER () AS total_lines,
    sum(if(c.difference > 0, c.difference, 0)) OVER () AS total_more,
    sum(if(c.difference < 0, -c.difference, 0)) OVER () AS total_less
FROM compared AS c
LEFT JOIN (SELECT * FROM products FINAL WHERE is_deleted = 0) AS p ON p.gtin = c.gtin
ORDER BY abs(c.difference) DESC, c.source, c.location_id, c.gtin
LIMIT {page_rows:UInt32} OFFSET {page_offset:UInt32}
