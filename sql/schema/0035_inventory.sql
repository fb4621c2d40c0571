-- What reports of inventory are made of: counts of here and before, and what changed stock, movement by movement.

CREATE VIEW IF NOT EXISTS all_count_lines
(
    origin      String COMMENT 'live: counted here; history: was told',
    source      String COMMENT 'System that told of it; empty for live',
    count_id    String COMMENT 'With source and location_id: the count',
    location_id String COMMENT 'Where it was counted',
    gtin        UInt64 COMMENT 'The product',
    category    String COMMENT 'Of the product; empty when unknown',
    is_tagged   UInt8 COMMENT '1 where units of the product carry tags',
    counted_at  DateTime64(3, 'UTC') COMMENT 'When its differences were put on the book: the end of the count, or when a person accepted it',
    book        Int64 COMMENT 'Units on the book just before',
    counted     Int64 COMMENT 'Units that were found',
    items_read  Nullable(Int64) COMMENT 'Of the counted, items whose tags were read; null where they were counted by hand, or where it was not kept',
    unit_cost   Nullable(Decimal(18, 6)) COMMENT 'Live: the product''s cost of today; history: the cost then; null where there is none',
    currency    String COMMENT 'Of the cost; empty when unknown'
)
AS
SELECT
    line.origin AS origin, line.source AS source, line.count_id AS count_id, line.location_id AS location_id, line.gtin AS gtin,
    product.category AS category, product.is_tagged AS is_tagged, line.counted_at AS counted_at, line.book AS book,
    line.counted AS counted,
    if(line.origin = 'history' AND NOT product.is_tagged, NULL, line.items_read) AS items_read,
    if(line.origin = 'live', product.cost, line.unit_cost) AS unit_cost,
    product.currency AS currency
FROM
(
    SELECT
        'live' AS origin, '' AS source, JSONExtractString(body, 'countId') AS count_id, toString(location_id) AS location_id,
        gtins[place] AS gtin, occurred_at AS counted_at, expected[place] AS book, found[place] AS counted,
        if(length(items) < place, NULL, items[place]) AS items_read, CAST(NULL AS Nullable(Decimal(18, 6))) AS unit_cost
    FROM
    (
        SELECT
            location_id, body, occurred_at,
            JSONExtract(body, 'result', 'lines', 'gtins', 'Array(UInt64)') AS gtins,
            JSONExtract(body, 'result', 'lines', 'expected', 'Array(Int64)') AS expected,
            JSONExtract(body, 'result', 'lines', 'counted', 'Array(Int64)') AS found,
            JSONExtract(body, 'result', 'lines', 'itemsRead', 'Array(Nullable(Int64))') AS items
        FROM events
        WHERE event_type IN ('count_ended', 'count_decided') AND JSONExtractString(body, 'result', 'state') = 'applied'
    )
    ARRAY JOIN arrayEnumerate(gtins) AS place
    UNION ALL
    SELECT
        'history', toString(source), count_id, toString(location_id), gtin, counted_at, book, counted, toNullable(items_read),
        nullIf(unit_cost, 0)
    FROM history_count_lines
) AS line
LEFT ANY JOIN
(
    SELECT gtin, toString(category) AS category, is_tagged, cost, toString(currency) AS currency FROM products FINAL
) AS product ON product.gtin = line.gtin
COMMENT 'What counts found beside what the book said, live and past, one row a product; what was held or rejected is not in it';

CREATE VIEW IF NOT EXISTS stock_changes
(
    location_id String,
    gtin        UInt64,
    at          DateTime64(3, 'UTC') COMMENT 'When it happened, by its source''s clock',
    on_hand     Int64 COMMENT 'Units more on hand, in whatever state; negative for fewer',
    sellable    Int64 COMMENT 'Units more that can be sold; negative for fewer',
    sold        Int64 COMMENT 'Units that left as sold; negative where a sale was voided',
    returned    Int64 COMMENT 'Units that came back from customers',
    received    Int64 COMMENT 'Units received and transferred in; negative for what was transferred out: locations add up to the chain',
    lost        Int64 COMMENT 'Units gone that nobody accounts for (counted, missing, left); negative for what was found again'
)
AS SELECT
    location_id, gtin, occurred_at AS at,
    toInt64(quantity) AS on_hand,
    if(state = 'sellable', on_hand, 0) AS sellable,
    if(reason = 'sold' OR (reason = 'reversed' AND event_type = 'void'), -on_hand, 0) AS sold,
    if(reason = 'returned', on_hand, 0) AS returned,
    if(reason IN ('received', 'transferred_in', 'transferred_out'), on_hand, 0) AS received,
    if(reason IN ('counted', 'missing', 'left', 'found') OR (reason = 'reversed' AND event_type != 'void'), -on_hand, 0) AS lost
FROM movements
COMMENT 'Every movement by what it did to stock: sums of it are positions and flows';

-- Reports of any time zone are made of it: the day of a change is that of `began_at` there, what stood at the end of a day is the run
-- that goes on beyond it.
CREATE VIEW IF NOT EXISTS stock_runs
(
    location_id String,
    gtin        UInt64,
    told_day    Nullable(Date) COMMENT 'History: the whole day, of the location''s own clock, that the row tells of; null for the ledger',
    live_from   Date COMMENT 'Ledger: the first day that was not told: what the ledger has of the days before it does not count',
    began_at    DateTime64(3, 'UTC') COMMENT 'When stock became what it is here; history: the begin of told_day in UTC',
    next_at     DateTime64(3, 'UTC') COMMENT 'When it changed again; 2200 where it has not',
    on_hand     Int64 COMMENT 'Units on hand, in whatever state; history: those that can be sold',
    sellable    Int64 COMMENT 'Units that can be sold',
    sold        Int64 COMMENT 'Units that left as sold when it began; negative where a sale was voided',
    returned    Int64 COMMENT 'Units that came back from customers when it began',
    received    Int64 COMMENT 'Units received and transferred in when it began; negative for what was transferred out. History: without transfers out'
)
AS
SELECT
    change.location_id AS location_id, change.gtin AS gtin, CAST(NULL AS Nullable(Date)) AS told_day,
    told.live_from AS live_from, change.at AS began_at,
    leadInFrame(change.at, 1, toDateTime64('2200-01-01 00:00:00', 3, 'UTC')) OVER position AS next_at,
    sum(change.on_hand) OVER so_far AS on_hand, sum(change.sellable) OVER so_far AS sellable,
    change.sold AS sold, change.returned AS returned, change.received AS received
FROM
(
    SELECT
        location_id, gtin, at, sum(on_hand) AS on_hand, sum(sellable) AS sellable, sum(sold) AS sold, sum(returned) AS returned,
        sum(received) AS received
    FROM stock_changes
    GROUP BY location_id, gtin, at
) AS change
LEFT ANY JOIN
(
    SELECT toString(location_id) AS location_id, max(day) + 1 AS live_from FROM history_stock_days GROUP BY location_id
) AS told ON told.location_id = change.location_id
WINDOW
    position AS (PARTITION BY change.location_id, change.gtin ORDER BY change.at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
    so_far AS (PARTITION BY change.location_id, change.gtin ORDER BY change.at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
UNION ALL
SELECT
    toString(location_id), gtin, toNullable(day), day, toDateTime64(day, 3, 'UTC'), toDateTime64(day + 1, 3, 'UTC'), on_hand, on_hand,
    sold, returned, received
FROM history_stock_days
COMMENT 'How long each product''s stock at a location stayed what it was: by the ledger, and by the past that was told, one row a day';

CREATE VIEW IF NOT EXISTS told_events
(
    location_id String COMMENT 'Of the topic',
    kind        String COMMENT 'pos or stock: the level of the topic before the last',
    status      String COMMENT 'accepted, duplicate, late or rejected',
    code        String COMMENT 'Why, as in docs/errors.md; empty where there is nothing to say',
    at          DateTime64(3, 'UTC') COMMENT 'When it was committed or refused here'
)
AS
SELECT toString(location_id) AS location_id, splitByChar('/', toString(source))[1] AS kind, 'accepted' AS status, '' AS code, recorded_at AS at
FROM events
WHERE NOT startsWith(source, 'rfid/')
UNION ALL
SELECT splitByChar('/', topic)[-3], splitByChar('/', topic)[-2], toString(status), toString(code), recorded_at
FROM receipts
COMMENT 'Events that tills, books and counts told, and what became of them; refused ones are kept 30 days';
