-- What was bought, with one meaning of money: docs/reports.md, adr/0033. Net of a line = quantity × unit_price − discount, without tax,
-- negative for what came back. Prices are taken as they were given: where a source knows no discount, its price is the price paid.

-- What tills sold and took back, without what was voided, training, and what is an order's: that is in the order.
CREATE VIEW IF NOT EXISTS till_lines
(
    location_id    LowCardinality(String) COMMENT 'The store',
    terminal       String COMMENT 'The till: pos/{terminal}',
    transaction_id String COMMENT 'The receipt',
    line_no        UInt32 COMMENT 'Of the receipt',
    line_type      String COMMENT 'sale or return',
    gtin           UInt64 COMMENT '0 where the till named the item by its tag alone',
    quantity       Int64 COMMENT 'Units; negative for returns',
    unit_price     Decimal(18, 6) COMMENT 'As the till said; 0 where it said none',
    currency       String COMMENT 'As the till said, else of the store',
    at             DateTime64(3, 'UTC') COMMENT 'By the till''s clock'
)
AS
WITH
    voided AS
    (
        SELECT
            location_id, source, JSONExtractString(body, 'voids', 'transactionId') AS transaction_id,
            max(NOT JSONHas(body, 'voids', 'lineNos')) AS is_whole,
            groupArrayArray(JSONExtract(body, 'voids', 'lineNos', 'Array(UInt32)')) AS line_nos
        FROM events
        WHERE event_type = 'void'
        GROUP BY location_id, source, transaction_id
    ),
    told AS
    (
        SELECT
            location_id, source, occurred_at, JSONExtractString(body, 'transactionId') AS transaction_id,
            toUInt32(JSONExtractUInt(line, 'lineNo')) AS line_no,
            if(JSONExtractString(line, 'type') = '', toString(event_type), JSONExtractString(line, 'type')) AS line_type,
            toUInt64OrZero(if(JSONHas(line, 'gtin'), JSONExtractString(line, 'gtin'), JSONExtractString(line, 'gtin14'))) AS gtin,
            toInt64(JSONExtractInt(line, 'quantity')) AS quantity,
            toDecimal64OrZero(JSONExtractString(line, 'unitPrice'), 6) AS unit_price,
            JSONExtractString(line, 'currency') AS currency
        FROM events
        ARRAY JOIN JSONExtractArrayRaw(body, 'lines') AS line
        WHERE event_type IN ('sale', 'return', 'exchange') AND NOT JSONExtractBool(body, 'training')
            AND JSONExtractString(line, 'orderId') = ''
    )
SELECT
    told.location_id AS location_id, told.source AS terminal, told.transaction_id AS transaction_id, told.line_no AS line_no,
    told.line_type AS line_type, told.gtin AS gtin,
    if(told.line_type = 'return', -told.quantity, told.quantity) AS quantity,
    told.unit_price AS unit_price,
    if(told.currency = '', toString(places.currency), told.currency) AS currency,
    told.occurred_at AS at
FROM told
LEFT JOIN voided
    ON voided.location_id = told.location_id AND voided.source = told.source AND voided.transaction_id = told.transaction_id
LEFT JOIN (SELECT location_id, currency FROM locations FINAL) AS places ON places.location_id = told.location_id
WHERE NOT voided.is_whole AND NOT has(voided.line_nos, told.line_no)
COMMENT 'What tills sold and took back: no lines of orders, nothing that was voided';

-- Units of live orders that came back, each at its own time, where they came back.
CREATE VIEW IF NOT EXISTS order_returns
(
    order_id    String,
    step_no     UInt32 COMMENT 'Of the order''s timeline',
    line_id     String COMMENT 'Of the order',
    return_id   String COMMENT 'As whoever took them in named it',
    location_id String COMMENT 'Where they came back; of the line where no return tells',
    quantity    Int64 COMMENT 'Units',
    at          DateTime64(3, 'UTC') COMMENT 'When they came back'
)
AS
WITH steps AS
(
    SELECT
        order_id, toUInt32(step_no) AS step_no,
        JSONExtractString(step, 'lineId') AS line_id, JSONExtractString(step, 'note') AS return_id,
        toInt64(JSONExtractInt(step, 'quantity')) AS quantity,
        parseDateTime64BestEffort(JSONExtractString(step, 'at'), 3, 'UTC') AS at
    FROM orders
    ARRAY JOIN
        JSONExtractArrayRaw(order_json, 'timeline') AS step,
        arrayEnumerate(JSONExtractArrayRaw(order_json, 'timeline')) AS step_no
    WHERE JSONExtractString(step, 'kind') = 'returned'
)
SELECT
    steps.order_id AS order_id, steps.step_no AS step_no, steps.line_id AS line_id, steps.return_id AS return_id,
    if(taken.location_id != '', taken.location_id, line.location_id) AS location_id, steps.quantity AS quantity, steps.at AS at
FROM steps
INNER JOIN order_lines_live AS line ON line.order_id = steps.order_id AND line.line_id = steps.line_id
LEFT JOIN (SELECT return_id, location_id FROM returns) AS taken ON taken.return_id = steps.return_id
COMMENT 'Units of orders placed here that came back, with the time and place of each return';

CREATE OR REPLACE VIEW all_order_lines
(
    source      String COMMENT 'System or file that it comes from; till for tills',
    order_id    String COMMENT 'Order, invoice or receipt there; {location}/{terminal}/{transaction} of a till',
    line_no     UInt32 COMMENT 'Within its order; returns of live orders count on from 1000000',
    line_type   String COMMENT 'sale, return, cancellation (of an invoice), adjustment (no sale: a correction of an imported book)',
    channel     String COMMENT 'Where it was ordered; a return has the channel of its order',
    method      String COMMENT 'How it was got: carry_out, pickup, curbside, ship_from_store, …',
    location_id String COMMENT 'Where it was fulfilled, or came back; empty when unknown',
    customer_id String COMMENT 'As its source names the customer, see customer_keys; empty for a guest',
    country     String COMMENT 'Imported: of the customer',
    code        String COMMENT 'Imported: product code in the source',
    gtin        UInt64 COMMENT 'Product; 0 when unknown',
    description String COMMENT 'Imported: of the product',
    quantity    Int64 COMMENT 'Units; negative for what came back. Live: handed over or still open, not short, cancelled or uncollected',
    unit_price  Decimal(18, 6) COMMENT 'Before the discount; the price paid where the source knows no discount',
    discount    Decimal(18, 6) COMMENT 'Of these units, positive, negative for what came back; 0 where it is in the price',
    net_amount  Decimal(18, 6) COMMENT 'quantity × unit_price − discount: what was paid, negative for what came back',
    currency    String COMMENT 'ISO 4217; amounts of two are never added',
    ordered_at  DateTime64(3, 'UTC') COMMENT 'When it was ordered; of a return, when it came back',
    origin      String COMMENT 'imported, live (an order placed here) or till'
)
AS
SELECT
    source, order_id, line_no, line_type, channel, method, location_id, customer_id, country, code, gtin, description,
    quantity, unit_price, toDecimal64(0, 6) AS discount, quantity * unit_price AS net_amount, currency, ordered_at,
    'imported' AS origin
FROM order_lines FINAL
UNION ALL
-- The discount is of all units of the line: these have their share of it, to the millionth, the rest of which is dropped.
SELECT
    source, order_id, toUInt32(line_no), 'sale', channel, method, location_id, customer_id, '', '', gtin, '',
    quantity - short - cancelled AS units, unit_price,
    discount * units / greatest(quantity, 1) AS off, units * unit_price - off, currency, placed_at, 'live'
FROM order_lines_live
WHERE quantity - short - cancelled > 0
UNION ALL
SELECT
    line.source, line.order_id, toUInt32(1000000 + back.step_no), 'return', line.channel, line.method, back.location_id,
    line.customer_id, '', '', line.gtin, '',
    -back.quantity AS units, line.unit_price,
    -(line.discount * back.quantity / greatest(line.quantity, 1)) AS off, units * line.unit_price - off,
    line.currency, back.at, 'live'
FROM order_returns AS back
INNER JOIN order_lines_live AS line ON line.order_id = back.order_id AND line.line_id = back.line_id
UNION ALL
SELECT
    'till', concat(location_id, '/', terminal, '/', transaction_id), line_no, line_type, 'store', 'carry_out', location_id,
    '', '', '', gtin, '', quantity, unit_price, toDecimal64(0, 6), quantity * unit_price, currency, at, 'till'
FROM till_lines
COMMENT 'What was bought and what came back: imported, ordered here, sold by tills';

-- Lines of all_order_lines that are sales, with who bought and what it was. Reports are made of it.
CREATE VIEW IF NOT EXISTS sales_lines
(
    source      String COMMENT 'As in all_order_lines, like all columns that are not described here',
    order_id    String,
    line_no     UInt32,
    line_type   String COMMENT 'sale, return or cancellation',
    channel     String,
    method      String,
    location_id String,
    person_id   String COMMENT 'One person across records and channels (customer_keys); of an imported customer of whom nothing more is known {source}/{id}; empty for a guest',
    gtin        UInt64,
    kind        String COMMENT 'merchandise or non_merchandise (postage, fees, vouchers)',
    category    String COMMENT 'Of the product; empty when unknown',
    quantity    Int64,
    gross       Decimal(18, 6) COMMENT 'quantity × unit_price',
    discount    Decimal(18, 6),
    net         Decimal(18, 6) COMMENT 'gross − discount',
    cost        Nullable(Decimal(18, 6)) COMMENT 'quantity × the product''s cost of today; null where it has none',
    currency    String,
    ordered_at  DateTime64(3, 'UTC'),
    is_purchase UInt8 COMMENT '1 = units that were bought at a price',
    is_free     UInt8 COMMENT '1 = units that were given for nothing'
)
AS SELECT
    line.source AS source, line.order_id AS order_id, line.line_no AS line_no, line.line_type AS line_type,
    line.channel AS channel, line.method AS method, line.location_id AS location_id,
    multiIf(line.customer_id = '', '', keys.person_id != '', keys.person_id,
        line.key_source = '', line.customer_id, concat(line.source, '/', line.customer_id)) AS person_id,
    line.gtin AS gtin,
    if(product.kind = '', 'merchandise', product.kind) AS kind,
    product.category AS category,
    line.quantity AS quantity,
    line.quantity * line.unit_price AS gross,
    line.discount AS discount,
    line.net_amount AS net,
    line.quantity * product.cost AS cost,
    line.currency AS currency,
    line.ordered_at AS ordered_at,
    line.line_type = 'sale' AND line.quantity > 0 AND line.unit_price > 0 AS is_purchase,
    line.line_type = 'sale' AND line.quantity > 0 AND line.unit_price = 0 AS is_free
FROM
(
    SELECT *, if(startsWith(customer_id, 'cus_'), '', source) AS key_source
    FROM all_order_lines
    WHERE line_type IN ('sale', 'return', 'cancellation')
) AS line
LEFT ANY JOIN customer_keys AS keys ON keys.source = line.key_source AND keys.customer_id = line.customer_id
LEFT ANY JOIN (SELECT gtin, toString(kind) AS kind, toString(category) AS category, cost FROM products FINAL) AS product
    ON product.gtin = line.gtin
COMMENT 'Sales, returns and cancellations with the person and the product: what reports of customers and sales are made of';
