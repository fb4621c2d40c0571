-- Question:   Which codes were seen that no product has?
-- Grain:      one row a code and where it was seen (sales, stock, reads, orders, erp); what comes most often first
-- Parameters: since, when it was recorded here; reads_since, the same for raw reads; seen_in (empty = all); location_id ('' = all);
--             page_rows, page_offset
-- Rule:       a GTIN that is in the product list by now, a tag that is mapped by now, and a code that is a SKU by now are gone from
--             it. Of books the newest of each source and location counts, however old it is. Tags without a GTIN are put together by
--             their first 32 bits, as in the list of unknown tags.
-- Freshness:  what is committed
-- Cost:       the events since `since`, the raw reads since `reads_since`, the imported lines of orders
WITH
known AS (SELECT gtin FROM products FINAL WHERE is_deleted = 0),
skus AS (SELECT sku FROM products FINAL WHERE is_deleted = 0 AND sku != ''),
moved AS
(
    SELECT
        if(event_type IN ('sale', 'return', 'exchange', 'void'), 'sales', if(startsWith(event_type, 'item_'), 'reads', 'stock')) AS seen_in,
        'gtin' AS kind, leftPad(toString(gtin), 14, '0') AS code, gtin, location_id, event_id AS example,
        toInt64(abs(quantity)) AS units, occurred_at AS at
    FROM movements
    WHERE recorded_at >= {since:DateTime64(3)} AND gtin NOT IN (SELECT gtin FROM known)
      AND ('sales' IN {seen_in:Array(String)} OR 'stock' IN {seen_in:Array(String)} OR 'reads' IN {seen_in:Array(String)}
           OR empty({seen_in:Array(String)}))
),
tags AS
(
    SELECT
        'reads' AS seen_in, if(read_gtin = 0, 'epc', 'gtin') AS kind,
        if(read_gtin = 0, left(read_epc, 8), leftPad(toString(read_gtin), 14, '0')) AS code,
        read_gtin AS gtin, location_id, read_epc AS example, toInt64(1) AS units, read_observed_at AS at
    FROM read_batches
    ARRAY JOIN epc AS read_epc, gtin AS read_gtin, observed_at AS read_observed_at, verdict AS read_verdict
    WHERE received_at >= {reads_since:DateTime64(3)}
      AND read_verdict NOT IN ('too_old', 'in_future')
      AND read_epc NOT IN (SELECT arrayJoin(code_words) FROM tag_mappings FINAL WHERE is_deleted = 0)
      AND (read_gtin = 0 OR read_gtin NOT IN (SELECT gtin FROM known))
      AND ('reads' IN {seen_in:Array(String)} OR empty({seen_in:Array(String)}))
),
ordered AS
(
    SELECT
        'orders' AS seen_in, if(gtin = 0, 'code', 'gtin') AS kind,
        if(gtin = 0, line.code, leftPad(toString(gtin), 14, '0')) AS code, gtin, location_id, order_id AS example,
        toInt64(abs(quantity)) AS units, ordered_at AS at
    FROM all_order_lines AS line
    -- What tills sold is among the sales.
    WHERE origin != 'till'
      AND gtin NOT IN (SELECT gtin FROM known) AND (gtin != 0 OR line.code NOT IN (SELECT sku FROM skus))
      AND ordered_at >= {since:DateTime64(3)}
      AND ('orders' IN {seen_in:Array(String)} OR empty({seen_in:Array(String)}))
),
booked AS
(
    SELECT
        'erp' AS seen_in, if(l.gtin = 0, 'code', 'gtin') AS kind,
        if(l.gtin = 0, l.code, leftPad(toString(l.gtin), 14, '0')) AS code, l.gtin AS gtin, l.location_id AS location_id,
        l.source AS example, toInt64(abs(l.quantity)) AS units, l.as_of AS at
    FROM erp_book_lines AS l
    INNER JOIN (SELECT source, location_id, max(book) AS book FROM erp_books GROUP BY source, location_id) AS n
        ON n.source = l.source AND n.location_id = l.location_id AND n.book = l.book
    WHERE l.gtin NOT IN (SELECT gtin FROM known) AND (l.gtin != 0 OR l.code NOT IN (SELECT sku FROM skus))
      AND ('erp' IN {seen_in:Array(String)} OR empty({seen_in:Array(String)}))
    UNION ALL
    SELECT
        'erp' AS seen_in, if(l.gtin = 0, 'code', 'gtin') AS kind,
        if(l.gtin = 0, l.code, leftPad(toString(l.gtin), 14, '0')) AS code, l.gtin AS gtin, l.location_id AS location_id,
        l.source AS example, toInt64(abs(l.quantity)) AS units, l.as_of AS at
    FROM erp_live_lines AS l FINAL
    WHERE l.gtin NOT IN (SELECT gtin FROM known) AND (l.gtin != 0 OR l.code NOT IN (SELECT sku FROM skus))
      AND ('erp' IN {seen_in:Array(String)} OR empty({seen_in:Array(String)}))
),
told AS
(
    -- Lines of orders of connected shops whose messages are held.
    SELECT
        'orders' AS seen_in, 'code' AS kind, JSONExtractString(line, 'code') AS code, toUInt64(0) AS gtin,
        JSONExtractString(line, 'locationId') AS location_id, subject AS example, toInt64(JSONExtractInt(line, 'units')) AS units,
        received_at AS at
    FROM connector_messages
    ARRAY JOIN JSONExtractArrayRaw(message, 'unmatched') AS line
    WHERE status = 'held' AND received_at >= {since:DateTime64(3)}
      AND ('orders' IN {seen_in:Array(String)} OR empty({seen_in:Array(String)}))
)
SELECT
    seen_in, kind, code, gtin,
    count() AS times,
    if(seen_in = 'reads', toInt64(uniqExact(example)), sum(units)) AS total_units,
    arraySort(groupUniqArrayIf(20)(toString(location_id), location_id != '')) AS locations,
    min(at) AS first_at, max(at) AS last_at,
    argMax(example, at) AS last_example,
    count() OVER () AS total_lines
FROM
(
    SELECT * FROM moved
    UNION ALL SELECT * FROM tags
    UNION ALL SELECT * FROM ordered
    UNION ALL SELECT * FROM booked
    UNION ALL SELECT * FROM told
)
WHERE (empty({seen_in:Array(String)}) OR has({seen_in:Array(String)}, seen_in))
  AND ({location_id:String} = '' OR location_id = {location_id:String})
GROUP BY seen_in, kind, code, gtin
ORDER BY times DESC, last_at DESC, seen_in, code
LIMIT {page_rows:UInt32} OFFSET {page_offset:UInt32}
