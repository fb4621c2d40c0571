-- The past of orders and of stock: what happened before Onhand ran, as another system or the simulator of the demo tells it. It never
-- moves stock, and it is no log that anybody decides by. Net lines of past orders are in order_lines (0005), which these tables
-- join by source and order_id. The views all_… put it beside what happened here.

CREATE TABLE IF NOT EXISTS history_orders
(
    source      LowCardinality(String) COMMENT 'Name of the system the order comes from',
    order_id    String,
    status      LowCardinality(String) COMMENT 'How it ended, as of a live order',
    channel     LowCardinality(String) COMMENT 'Where it was placed',
    customer_id String COMMENT 'Record in customer_events, opaque; empty for a guest',
    currency    LowCardinality(String),
    origin_kind LowCardinality(String) COMMENT 'exchange or saved_sale, where it came from one; else empty',
    origin_id   String COMMENT 'Of the return or the miss that it came from',
    placed_at   DateTime64(3, 'UTC'),
    changed_at  DateTime64(3, 'UTC') COMMENT 'Its last step'
)
ENGINE = MergeTree ORDER BY (placed_at, order_id)
COMMENT 'Past orders that somebody had to fulfil; what was bought and carried out of a store is in order_lines alone';

CREATE TABLE IF NOT EXISTS history_fulfilments
(
    source            LowCardinality(String),
    order_id          String,
    fulfilment_id     LowCardinality(String) COMMENT 'Within its order',
    channel           LowCardinality(String),
    customer_id       String COMMENT 'As in history_orders',
    placed_at         DateTime64(3, 'UTC'),
    location_id       LowCardinality(String),
    method            LowCardinality(String) COMMENT 'pickup, curbside, ship_from_store, ship_from_warehouse or delivery',
    status            LowCardinality(String) COMMENT 'How it ended',
    promised_ready_at Nullable(DateTime64(3, 'UTC')),
    hold_until        Nullable(DateTime64(3, 'UTC')),
    allocated_at      Nullable(DateTime64(3, 'UTC')),
    sent_to_store_at  Nullable(DateTime64(3, 'UTC')),
    accepted_at       Nullable(DateTime64(3, 'UTC')),
    picking_at        Nullable(DateTime64(3, 'UTC')),
    ready_at          Nullable(DateTime64(3, 'UTC')),
    arrived_at        Nullable(DateTime64(3, 'UTC')) COMMENT 'Curbside: when the customer was there',
    collected_at      Nullable(DateTime64(3, 'UTC')),
    shipped_at        Nullable(DateTime64(3, 'UTC')),
    delivered_at      Nullable(DateTime64(3, 'UTC')),
    short_at          Nullable(DateTime64(3, 'UTC')) COMMENT 'When nothing of it was found',
    cancelled_at      Nullable(DateTime64(3, 'UTC')),
    no_show_at        Nullable(DateTime64(3, 'UTC')) COMMENT 'When the hold ended uncollected'
)
ENGINE = MergeTree ORDER BY (placed_at, order_id, fulfilment_id)
COMMENT 'What one location fulfilled of a past order in one way, with the times of its steps; null where one was not reached';

CREATE TABLE IF NOT EXISTS history_order_units
(
    source            LowCardinality(String),
    order_id          String,
    line_no           UInt32 COMMENT 'From 1; the same as in order_lines',
    fulfilment_id     LowCardinality(String),
    channel           LowCardinality(String),
    customer_id       String COMMENT 'As in history_orders',
    placed_at         DateTime64(3, 'UTC'),
    status            LowCardinality(String),
    method            LowCardinality(String),
    location_id       LowCardinality(String),
    gtin              UInt64,
    requested         Int64,
    quantity          Int64 COMMENT 'Promised',
    picked            Int64,
    short             Int64 COMMENT 'Not to be had when they were picked',
    cancelled         Int64 COMMENT 'Not wanted, or not collected',
    handed_over       Int64 COMMENT 'Left with the customer or a carrier',
    returned          Int64 COMMENT 'Came back of those',
    unit_price        Decimal(18, 6) COMMENT 'Before the discount',
    discount          Decimal(18, 6) COMMENT 'Of the whole promised line',
    currency          LowCardinality(String),
    offer_id          LowCardinality(String),
    instead_of        UInt32 COMMENT 'Number of the line that it came in place of; 0 for none',
    promised_ready_at Nullable(DateTime64(3, 'UTC'))
)
ENGINE = MergeTree ORDER BY (placed_at, order_id, line_no)
COMMENT 'Lines of past orders that somebody had to fulfil, by what became of their units';

CREATE TABLE IF NOT EXISTS history_order_steps
(
    source        LowCardinality(String),
    order_id      String,
    step_no       UInt32 COMMENT 'From 1, in the order of time',
    channel       LowCardinality(String),
    kind          LowCardinality(String) COMMENT 'As in order_steps',
    at            DateTime64(3, 'UTC'),
    actor_kind    LowCardinality(String) COMMENT 'customer, staff, device or system',
    actor_id      LowCardinality(String),
    fulfilment_id LowCardinality(String) COMMENT 'Empty where it concerns all of the order',
    line_no       UInt32 COMMENT '0 where it concerns no one line',
    quantity      Int64,
    cause         LowCardinality(String) COMMENT 'Why something was cancelled or is missing; empty for none'
)
ENGINE = MergeTree ORDER BY (at, order_id, step_no)
COMMENT 'Steps of past orders: who did what, when, and why';

CREATE TABLE IF NOT EXISTS history_returns
(
    source            LowCardinality(String),
    return_id         String,
    order_id          String COMMENT 'The order, or the receipt of the till, that the units were bought with',
    line_no           UInt32 COMMENT 'Line of that order',
    customer_id       String COMMENT 'As in history_orders',
    channel           LowCardinality(String) COMMENT 'Where they had been bought',
    way               LowCardinality(String) COMMENT 'in_store or by_post',
    location_id       LowCardinality(String) COMMENT 'Where they came back',
    gtin              UInt64,
    quantity          Int64,
    state             LowCardinality(String) COMMENT 'What they were found to be: sellable or damaged',
    returned_at       DateTime64(3, 'UTC'),
    sellable_at       Nullable(DateTime64(3, 'UTC')) COMMENT 'When they stood for sale again; null = never',
    exchange_order_id String COMMENT 'What was taken in exchange; empty for none'
)
ENGINE = MergeTree ORDER BY (returned_at, return_id)
COMMENT 'Units that came back, of orders and of receipts';

CREATE TABLE IF NOT EXISTS history_misses
(
    source         LowCardinality(String),
    miss_id        String,
    location_id    LowCardinality(String) COMMENT 'The store that had none',
    gtin           UInt64,
    at             DateTime64(3, 'UTC'),
    saved_order_id String COMMENT 'The order for another place that came of it; empty = the sale was lost'
)
ENGINE = MergeTree ORDER BY (at, miss_id)
COMMENT 'Shoppers in a store for whom it had none';

CREATE TABLE IF NOT EXISTS history_count_lines
(
    source      LowCardinality(String),
    count_id    String,
    location_id LowCardinality(String),
    gtin        UInt64,
    counted_at  DateTime64(3, 'UTC'),
    book        Int64 COMMENT 'Units on the book just before',
    counted     Int64 COMMENT 'Units that were found; the book of the next moment',
    items_read  Int64 COMMENT 'Tagged items that the hand-held read of those that were counted; 0 for products without tags',
    unit_cost   Decimal(18, 6)
)
ENGINE = MergeTree ORDER BY (counted_at, count_id, gtin)
COMMENT 'Past counts, one row a product that was counted';

CREATE TABLE IF NOT EXISTS history_stock_days
(
    source      LowCardinality(String),
    day         Date COMMENT 'Day of the location''s own clock',
    location_id LowCardinality(String),
    gtin        UInt64,
    on_hand     Int64 COMMENT 'Sellable units on the book when the day ended',
    received    Int64 COMMENT 'Units that came from a supplier or another location',
    sold        Int64 COMMENT 'Units that left with or for a customer',
    returned    Int64 COMMENT 'Units that came back and stand for sale',
    adjusted    Int64 COMMENT 'Differences of a count'
)
ENGINE = MergeTree ORDER BY (location_id, gtin, day)
COMMENT 'The past book, one row a day, location and product that it carries: on_hand = on_hand of the day before + received − sold + returned + adjusted';

CREATE TABLE IF NOT EXISTS survey_answers
(
    source      LowCardinality(String),
    answer_id   String,
    question    LowCardinality(String) COMMENT 'csat: 1 to 5; nps: 0 to 10',
    score       UInt8,
    order_id    String COMMENT 'What was asked about; empty for none',
    customer_id String COMMENT 'As in history_orders',
    channel     LowCardinality(String) COMMENT 'Of the order',
    location_id LowCardinality(String),
    at          DateTime64(3, 'UTC')
)
ENGINE = MergeTree ORDER BY (at, answer_id)
COMMENT 'What customers answered when they were asked';

-- What happened here and before, for reports. `origin` tells which: live or history.
CREATE VIEW IF NOT EXISTS all_orders AS
SELECT
    source, order_id, toString(status) AS status, channel, customer_id, currency, origin_kind, origin_id, placed_at, changed_at,
    'live' AS origin
FROM orders
UNION ALL
SELECT
    source, order_id, status, channel, customer_id, currency, origin_kind, origin_id, placed_at, changed_at, 'history'
FROM history_orders;

CREATE VIEW IF NOT EXISTS all_order_fulfilments AS
SELECT
    source, order_id, fulfilment_id, channel, customer_id, placed_at, location_id, method, status, promised_ready_at, hold_until,
    allocated_at, sent_to_store_at, accepted_at, picking_at, ready_at, arrived_at, collected_at, shipped_at, delivered_at,
    short_at, cancelled_at, no_show_at, 'live' AS origin
FROM order_fulfilments
UNION ALL
SELECT
    source, order_id, fulfilment_id, channel, customer_id, placed_at, location_id, method, status, promised_ready_at, hold_until,
    allocated_at, sent_to_store_at, accepted_at, picking_at, ready_at, arrived_at, collected_at, shipped_at, delivered_at,
    short_at, cancelled_at, no_show_at, 'history'
FROM history_fulfilments;

CREATE VIEW IF NOT EXISTS all_order_units AS
SELECT
    source, order_id, toUInt32(line_no) AS line_no, fulfilment_id, channel, customer_id, placed_at, status, method, location_id, gtin,
    requested, quantity, picked, short, cancelled, handed_over, returned, unit_price, discount, currency, offer_id,
    instead_of != '' AS is_substitute, promised_ready_at, 'live' AS origin
FROM order_lines_live
UNION ALL
SELECT
    source, order_id, line_no, fulfilment_id, channel, customer_id, placed_at, status, method, location_id, gtin,
    requested, quantity, picked, short, cancelled, handed_over, returned, unit_price, discount, currency, offer_id,
    instead_of != 0, promised_ready_at, 'history'
FROM history_order_units;

CREATE VIEW IF NOT EXISTS all_order_steps AS
SELECT
    order_id, channel, toUInt32(step_no) AS step_no, kind, at, actor_kind, actor_id, fulfilment_id, quantity, cause, 'live' AS origin
FROM order_steps
UNION ALL
SELECT order_id, channel, step_no, kind, at, actor_kind, actor_id, fulfilment_id, quantity, cause, 'history'
FROM history_order_steps;
