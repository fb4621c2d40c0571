-- One source for each report: what happened here beside the past (0027), with each column said. Views of the past that an import of
-- returns or misses would fill later need no change.

ALTER TABLE history_returns
    ADD COLUMN IF NOT EXISTS bought_location_id LowCardinality(String) COMMENT 'Who handed the units over: the store they were carried out of, or that fulfilled the order';
ALTER TABLE history_returns
    ADD COLUMN IF NOT EXISTS bought_method LowCardinality(String) COMMENT 'How they were got: carry_out, pickup, curbside, ship_from_store, …';
ALTER TABLE history_misses
    ADD COLUMN IF NOT EXISTS saved_location_id LowCardinality(String) COMMENT 'Where that order was fulfilled; empty = the sale was lost';

-- P1 to P5. Waits are null where one of their two instants was not reached: a quantile leaves them out, a share must not.
CREATE VIEW IF NOT EXISTS all_fulfilments
(
    origin             String COMMENT 'live: happened here; history: was told',
    source             String COMMENT 'System that the order came from',
    order_id           String COMMENT 'With source: the order, as in all_orders, all_order_units and order_lines',
    fulfilment_id      String COMMENT 'Within its order: what one location fulfils in one way',
    channel            String COMMENT 'Where the order was placed: web, app, phone, … An online order is one whose channel is not store',
    customer_id        String COMMENT 'Record of the customer, opaque, as in customer_persons; empty for a guest',
    location_id        String COMMENT 'Who fulfils it',
    method             String COMMENT 'pickup, curbside, ship_from_store, ship_from_warehouse or delivery',
    status             String COMMENT 'The last that it reached',
    is_pickup          UInt8 COMMENT '1 for pickup and curbside: the customer comes for it',
    is_closed          UInt8 COMMENT '1 once nothing of it is left to do: collected, delivered, returned, short, cancelled or no_show',
    placed_at          DateTime64(3, 'UTC') COMMENT 'When the order was placed; the day of a report is of this instant unless it says otherwise',
    allocated_at       Nullable(DateTime64(3, 'UTC')) COMMENT 'When the units were held at this location: later than placed_at for an alternative that the customer took',
    sent_to_store_at   Nullable(DateTime64(3, 'UTC')) COMMENT 'When its task was made',
    accepted_at        Nullable(DateTime64(3, 'UTC')) COMMENT 'When staff took it up',
    picking_at         Nullable(DateTime64(3, 'UTC')) COMMENT 'When picking began',
    ready_at           Nullable(DateTime64(3, 'UTC')) COMMENT 'When all that was found lay ready',
    promised_ready_at  Nullable(DateTime64(3, 'UTC')) COMMENT 'Ready by then was promised; null = nothing was',
    arrived_at         Nullable(DateTime64(3, 'UTC')) COMMENT 'When the customer said that they were there: curbside, seldom pickup',
    collected_at       Nullable(DateTime64(3, 'UTC')) COMMENT 'When it was in the customer''s hands, in the store or at the car',
    shipped_at         Nullable(DateTime64(3, 'UTC')) COMMENT 'When a carrier had it',
    delivered_at       Nullable(DateTime64(3, 'UTC')) COMMENT 'When the carrier handed it over',
    short_at           Nullable(DateTime64(3, 'UTC')) COMMENT 'When it was clear that nothing of it could be had',
    cancelled_at       Nullable(DateTime64(3, 'UTC')) COMMENT 'When all of it was cancelled, by whomever',
    no_show_at         Nullable(DateTime64(3, 'UTC')) COMMENT 'When the hold ended uncollected',
    hold_until         Nullable(DateTime64(3, 'UTC')) COMMENT 'Ready goods are kept until then',
    seconds_to_ready   Nullable(Float64) COMMENT 'ready_at − placed_at, clock time (P3)',
    seconds_to_collect Nullable(Float64) COMMENT 'collected_at − ready_at: how long it lay there (P5)',
    seconds_at_car     Nullable(Float64) COMMENT 'collected_at − arrived_at: how long who had arrived waited (P5)',
    is_ready_on_time   Nullable(UInt8) COMMENT '1 when ready_at was not after promised_ready_at, 0 when it was, or when the promise passed and it never was ready; null = nothing was promised, or it may still be kept, or was cancelled before it was taken up (P4)'
)
AS SELECT
    origin, source, order_id, fulfilment_id, channel, customer_id, location_id, method, status,
    method IN ('pickup', 'curbside') AS is_pickup,
    status IN ('collected', 'delivered', 'returned', 'short', 'cancelled', 'no_show') AS is_closed,
    placed_at, allocated_at, sent_to_store_at, accepted_at, picking_at, ready_at, promised_ready_at, arrived_at, collected_at,
    shipped_at, delivered_at, short_at, cancelled_at, no_show_at, hold_until,
    dateDiff('millisecond', placed_at, ready_at) / 1000 AS seconds_to_ready,
    dateDiff('millisecond', ready_at, collected_at) / 1000 AS seconds_to_collect,
    dateDiff('millisecond', arrived_at, collected_at) / 1000 AS seconds_at_car,
    multiIf(
        promised_ready_at IS NULL OR (cancelled_at IS NOT NULL AND accepted_at IS NULL), NULL,
        ready_at IS NOT NULL, ready_at <= promised_ready_at,
        promised_ready_at < now64(3, 'UTC'), 0,
        NULL
    ) AS is_ready_on_time
FROM all_order_fulfilments
COMMENT 'What one location fulfils of an order in one way, live and past: its instants, and the waits between them';

-- P9. What tills take back as events of their own is in the ledger (events of kind return) and not here: it names no purchase.
CREATE VIEW IF NOT EXISTS all_returns
(
    origin              String COMMENT 'live: happened here; history: was told',
    source              String COMMENT 'System that told of it; empty for live',
    return_id           String COMMENT 'What was brought back at one time; of history, one line of it',
    line_no             UInt32 COMMENT 'Within the return, from 1',
    location_id         String COMMENT 'Where it came back',
    way                 String COMMENT 'in_store: over the counter of a store; by_post: to a warehouse',
    bought_kind         String COMMENT 'order: fulfilled for somebody who ordered; sale: carried out of a store; imported_order; unknown: nothing says where it was bought',
    bought_id           String COMMENT 'The order, or {location}/{transaction} of a till; empty for unknown',
    bought_channel      String COMMENT 'Where it was bought: web, app, store, …; empty for unknown. Returns of online orders are those with neither store nor empty',
    bought_method       String COMMENT 'How it was got: carry_out, pickup, curbside, ship_from_store, …; empty for unknown',
    bought_location_id  String COMMENT 'Who handed it over then; empty for unknown. Another than location_id: returned at another place',
    customer_id         String COMMENT 'Record of the customer, opaque, as in customer_persons; empty where nobody is named',
    gtin                UInt64 COMMENT 'The product',
    quantity            Int64 COMMENT 'Units that came back',
    units_sellable      Int64 COMMENT 'Of them, for sale now',
    units_inspect       Int64 COMMENT 'Of them, waiting for a look',
    units_damaged       Int64 COMMENT 'Of them, broken',
    units_display_only  Int64 COMMENT 'Of them, on display',
    reason              String COMMENT 'As the customer said: wrong_size, changed_mind, …; empty where history does not say',
    returned_at         DateTime64(3, 'UTC') COMMENT 'Since then they are on hand',
    sellable_at         Nullable(DateTime64(3, 'UTC')) COMMENT 'When the last of them that can be sold could be; null = none yet',
    seconds_to_sellable Nullable(Float64) COMMENT 'sellable_at − returned_at (P9)',
    exchange_order_id   String COMMENT 'The order of what was taken instead; empty for none'
)
AS SELECT
    'live' AS origin,
    '' AS source,
    lines.return_id AS return_id,
    toUInt32(lines.line_no) AS line_no,
    lines.location_id AS location_id,
    if(lines.location_id IN (SELECT location_id FROM locations FINAL WHERE kind = 'warehouse'), 'by_post', 'in_store') AS way,
    lines.bought_kind AS bought_kind,
    lines.bought_id AS bought_id,
    lines.bought_channel AS bought_channel,
    lines.bought_method AS bought_method,
    if(lines.bought_kind = 'sale', splitByChar('/', lines.bought_id)[1], bought.location_id) AS bought_location_id,
    lines.customer_id AS customer_id,
    lines.gtin AS gtin,
    lines.quantity AS quantity,
    lines.sellable AS units_sellable,
    lines.inspect AS units_inspect,
    lines.damaged AS units_damaged,
    lines.display_only AS units_display_only,
    lines.reason AS reason,
    assumeNotNull(lines.taken_at) AS returned_at,
    lines.sellable_at AS sellable_at,
    dateDiff('millisecond', lines.taken_at, lines.sellable_at) / 1000 AS seconds_to_sellable,
    lines.exchange_order_id AS exchange_order_id
FROM return_lines AS lines
LEFT ANY JOIN (SELECT order_id, line_id, location_id FROM order_lines_live) AS bought
    ON bought.order_id = lines.bought_id AND bought.line_id = lines.linked_line_id
WHERE lines.taken_at IS NOT NULL
UNION ALL
SELECT
    'history', source, return_id, toUInt32(1), location_id, way,
    if(bought_method = 'carry_out', 'sale', 'order'), order_id, channel, bought_method, bought_location_id, customer_id, gtin, quantity,
    if(state = 'sellable', quantity, 0), toInt64(0), if(state = 'damaged', quantity, 0), toInt64(0),
    '', returned_at, sellable_at, dateDiff('millisecond', returned_at, sellable_at) / 1000, exchange_order_id
FROM history_returns
COMMENT 'Units that came back of orders and of receipts, live and past: where, by which way, and when they could be sold again';

-- P10.
CREATE VIEW IF NOT EXISTS all_misses
(
    origin            String COMMENT 'live: happened here; history: was told',
    source            String COMMENT 'System that told of it; empty for live',
    miss_id           String COMMENT 'With source: one shopper who wanted one product and could not have it, counted once',
    location_id       String COMMENT 'The store that had none',
    gtin              UInt64 COMMENT 'The product',
    quantity          Int64 COMMENT 'Units that were wanted',
    channel           String COMMENT 'Where it was missed: store unless a screen says otherwise',
    missed_by         String COMMENT 'shelf: seen at the shelf; screen: shown as not there',
    book_quantity     Nullable(Int64) COMMENT 'What could be promised here by the books then; above 0 the shelf said otherwise; null where history does not say',
    customer_id       String COMMENT 'Record of the customer, opaque, as in customer_persons; empty where nobody is named',
    missed_at         DateTime64(3, 'UTC') COMMENT 'When',
    is_saved          UInt8 COMMENT '1 when an order for another place came of it: the sale was saved',
    saved_order_id    String COMMENT 'That order; empty where there is none',
    saved_location_id String COMMENT 'Who fulfils that order; empty where there is none'
)
AS SELECT
    'live' AS origin, '' AS source, miss_id, location_id, gtin, quantity, channel, missed_by,
    toNullable(toInt64(available_here)) AS book_quantity, customer_id, created_at AS missed_at, is_saved,
    order_id AS saved_order_id, saved_location_id
FROM misses
UNION ALL
SELECT
    'history', source, miss_id, location_id, gtin, toInt64(1), 'store', 'shelf', NULL, '', at, saved_order_id != '', saved_order_id,
    saved_location_id
FROM history_misses
COMMENT 'Who wanted what a store did not have, live and past, and whether the sale was saved elsewhere';
