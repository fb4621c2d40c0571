-- Imported history. It never moves stock. A line's identity is (source, order, ordinal within it), never its content:
-- real files repeat lines, and running an import twice changes nothing.

CREATE TABLE IF NOT EXISTS order_lines
(
    source      LowCardinality(String) COMMENT 'Name of the system or file the order comes from',
    order_id    String COMMENT 'Order, invoice or receipt number there',
    line_no     UInt32 COMMENT 'Ordinal of the line within its order, from 1',
    line_type   LowCardinality(String) COMMENT 'sale, cancellation or return',
    channel     LowCardinality(String) COMMENT 'Where it was placed: store, web, app, phone, social, kiosk, marketplace, …',
    method      LowCardinality(String) COMMENT 'How it was fulfilled: carry_out, pickup, curbside, ship_from_store, ship_from_warehouse, delivery',
    location_id LowCardinality(String) COMMENT 'Where it was fulfilled; empty when unknown',
    customer_id String COMMENT 'Empty for a guest',
    country     LowCardinality(String),
    code        String COMMENT 'Product code in the source',
    gtin        UInt64,
    description String,
    quantity    Int64 COMMENT 'Units; negative for cancellations and returns, as in the source',
    unit_price  Decimal(18, 6),
    currency    LowCardinality(String),
    ordered_at  DateTime64(3, 'UTC'),
    version     UInt64 COMMENT 'Unix microseconds of the import; the newest wins'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (source, order_id, line_no)
COMMENT 'Order lines of the past; read with FINAL';

CREATE TABLE IF NOT EXISTS customers
(
    source      LowCardinality(String),
    customer_id String,
    country     LowCardinality(String),
    attributes  String COMMENT 'JSON',
    version     UInt64
)
ENGINE = ReplacingMergeTree(version) ORDER BY (source, customer_id)
COMMENT 'Customers as the source names them';
