-- What reports read instead of the view sales_lines, which puts a line together anew from imports, orders, tills, customers and products
-- each time it is asked. server/reports/report-lines.ts copies the view when something of it has changed.
CREATE TABLE IF NOT EXISTS report_lines
(
    source      LowCardinality(String) COMMENT 'As in sales_lines, like all columns',
    order_id    String COMMENT 'As in sales_lines',
    line_no     UInt32 COMMENT 'As in sales_lines',
    line_type   LowCardinality(String) COMMENT 'sale, return or cancellation',
    channel     LowCardinality(String) COMMENT 'Where it was ordered; a return has the channel of its order',
    method      LowCardinality(String) COMMENT 'How it was got: carry_out, pickup, curbside, ship_from_store, …',
    location_id LowCardinality(String) COMMENT 'Where it was fulfilled, or came back; empty when unknown',
    person_id   String COMMENT 'One person across records and channels; empty for a guest',
    gtin        UInt64 COMMENT 'Product; 0 when unknown',
    kind        LowCardinality(String) COMMENT 'merchandise or non_merchandise (postage, fees, vouchers)',
    category    LowCardinality(String) COMMENT 'Of the product; empty when unknown',
    quantity    Int64 COMMENT 'Units; negative for what came back',
    gross       Decimal(18, 6) COMMENT 'quantity × unit_price',
    discount    Decimal(18, 6) COMMENT 'Of these units, negative for what came back',
    net         Decimal(18, 6) COMMENT 'gross − discount',
    cost        Nullable(Decimal(18, 6)) COMMENT 'quantity × the product''s cost of today; null where it has none',
    currency    LowCardinality(String) COMMENT 'ISO 4217; amounts of two are never added',
    ordered_at  DateTime64(3, 'UTC') COMMENT 'When it was ordered; of a return, when it came back',
    is_purchase UInt8 COMMENT '1 = units that were bought at a price',
    is_free     UInt8 COMMENT '1 = units that were given for nothing'
)
ENGINE = MergeTree ORDER BY ordered_at
COMMENT 'A copy of sales_lines that reports read: as it was when a report last needed it. For what is true now ask sales_lines';
