-- Orders. Append only, as reservation_log: one row for each change of an order, with the whole of it after the change. All rows of
-- a group commit are one INSERT of one block. The goods of an order are held by reservations that name it.

CREATE TABLE IF NOT EXISTS order_log
(
    ordinal         UInt64 COMMENT 'Order of the changes of all orders, rising by one, without holes' CODEC(Delta(8), ZSTD(1)),
    epoch           UInt64 COMMENT 'Of the writer that decided; a higher one has taken over from a lower one',
    kind            String COMMENT 'As in order_events',
    decided_at      DateTime64(3, 'UTC') COMMENT 'When it was decided, by the deciding server''s clock',
    order_id        String COMMENT 'Empty for refused, answered and started',
    is_open         UInt8 COMMENT '1 while something is left to do for the order after this change',
    idempotency_key String COMMENT 'Idempotency-Key of the command; empty for none',
    order_json      String COMMENT 'JSON of the order after the change, as the API gives it' CODEC(ZSTD(1)),
    details         String COMMENT 'JSON: fulfilmentId, keyScope, requestHash, answerStatus, answer' CODEC(ZSTD(1)),
    recorded_at     DateTime64(3, 'UTC') COMMENT 'When it was committed here; the same for all rows of a group'
)
ENGINE = MergeTree
ORDER BY ordinal
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
         non_replicated_deduplication_window = 1000, merge_selector_base = 20
COMMENT 'Every change of every order, and the first answer to every idempotency key: one INSERT is one group commit';

ALTER TABLE order_log ADD INDEX IF NOT EXISTS order_id_bloom order_id TYPE bloom_filter(0.001) GRANULARITY 1;
ALTER TABLE order_log ADD INDEX IF NOT EXISTS idempotency_key_bloom idempotency_key TYPE bloom_filter(0.001) GRANULARITY 1;

-- Pickup codes are made of an order's ids with this key and stored nowhere: see docs/orders.md.
CREATE TABLE IF NOT EXISTS order_secrets
(
    name       LowCardinality(String) COMMENT 'pickup_code',
    secret     String COMMENT '32 random bytes, base64; encrypted with WEBHOOKS_KEY where that is set (enc:…), else as it is (plain:…)',
    created_at DateTime64(3, 'UTC') COMMENT 'The oldest is the one in use'
)
ENGINE = MergeTree
ORDER BY (name, created_at)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1
COMMENT 'What pickup codes are made with; not for people';

CREATE VIEW IF NOT EXISTS order_events
(
    ordinal         UInt64 COMMENT 'Order of the changes of all orders, rising by one, without holes',
    epoch           UInt64 COMMENT 'Of the writer that decided',
    kind            String COMMENT 'placed, allocated, sent_to_store, accepted, picking, picked, shorted, ready, arrived, handing_over, hand_over_refused, collected, shipped, delivered, changed, cancelled, no_show, told, code_refused, returned, recovered; refused, answered: only an answer; started: a writer began',
    decided_at      DateTime64(3, 'UTC') COMMENT 'When it was decided, by the deciding server''s clock',
    order_id        String COMMENT 'Empty for refused, answered and started',
    is_open         UInt8 COMMENT '1 while something is left to do for the order after this change',
    version         UInt32 COMMENT 'Rises with each change of the order, from 1',
    status          String COMMENT 'Of the order after the change',
    channel         String COMMENT 'Where it was placed',
    fulfilment_id   String COMMENT 'The fulfilment that the change concerns; empty for all of the order',
    order_json      String COMMENT 'JSON of the order after the change, as the API gives it',
    key_scope       String COMMENT 'Id of the API key that sent the command; empty without an idempotency key',
    idempotency_key String COMMENT 'Idempotency-Key of the command; empty for none',
    request_hash    String COMMENT 'Of the command with its body: the same key with another is refused',
    answer_status   UInt16 COMMENT 'HTTP status of the first answer; 0 where there was no command',
    answer          String COMMENT 'Body of the first answer; empty where it is the column order_json',
    recorded_at     DateTime64(3, 'UTC') COMMENT 'When it was committed here'
)
AS SELECT
    ordinal, epoch, kind, decided_at, order_id, is_open,
    toUInt32(JSONExtractUInt(order_json, 'version')) AS version,
    JSONExtractString(order_json, 'status') AS status,
    JSONExtractString(order_json, 'channel') AS channel,
    JSONExtractString(details, 'fulfilmentId') AS fulfilment_id,
    order_json,
    JSONExtractString(details, 'keyScope') AS key_scope,
    idempotency_key,
    JSONExtractString(details, 'requestHash') AS request_hash,
    toUInt16(JSONExtractUInt(details, 'answerStatus')) AS answer_status,
    JSONExtractString(details, 'answer') AS answer,
    recorded_at
FROM order_log
COMMENT 'Every change of every order: order_log with a column for each thing';

-- Each order as it is by its last change. That a hold ended uncollected is recorded within a second of its end.
CREATE VIEW IF NOT EXISTS orders AS
SELECT
    order_id,
    JSONExtractString(order_json, 'status') AS status,
    JSONExtractString(order_json, 'channel') AS channel,
    JSONExtractString(order_json, 'source') AS source,
    JSONExtractString(order_json, 'customerId') AS customer_id,
    JSONExtractString(order_json, 'currency') AS currency,
    JSONExtractString(order_json, 'origin', 'kind') AS origin_kind,
    JSONExtractString(order_json, 'origin', 'id') AS origin_id,
    parseDateTime64BestEffort(JSONExtractString(order_json, 'placedAt'), 3, 'UTC') AS placed_at,
    parseDateTime64BestEffort(JSONExtractString(order_json, 'changedAt'), 3, 'UTC') AS changed_at,
    JSONExtractBool(order_json, 'mustTell') AS must_tell,
    is_open,
    toUInt32(JSONExtractUInt(order_json, 'version')) AS version,
    order_json
FROM
(
    SELECT order_id, argMax(log.order_json, log.ordinal) AS order_json, argMax(log.is_open, log.ordinal) AS is_open
    FROM order_log AS log
    WHERE order_id != ''
    GROUP BY order_id
)
COMMENT 'Each order as it is by its last change';

-- One row for each part of an order that a location fulfils in one way, with the time of each step; null where it was not reached.
CREATE VIEW IF NOT EXISTS order_fulfilments AS
SELECT
    order_id, channel, source, customer_id, placed_at,
    JSONExtractString(fulfilment, 'fulfilmentId') AS fulfilment_id,
    JSONExtractString(fulfilment, 'locationId') AS location_id,
    JSONExtractString(fulfilment, 'method') AS method,
    JSONExtractString(fulfilment, 'status') AS status,
    JSONExtractString(fulfilment, 'reservationId') AS reservation_id,
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'promisedReadyAt'), 3, 'UTC') AS promised_ready_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'holdUntil'), 3, 'UTC') AS hold_until,
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'times', 'allocated'), 3, 'UTC') AS allocated_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'times', 'sent_to_store'), 3, 'UTC') AS sent_to_store_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'times', 'accepted'), 3, 'UTC') AS accepted_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'times', 'picking'), 3, 'UTC') AS picking_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'times', 'ready'), 3, 'UTC') AS ready_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'arrival', 'at'), 3, 'UTC') AS arrived_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'times', 'collected'), 3, 'UTC') AS collected_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'times', 'shipped'), 3, 'UTC') AS shipped_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'times', 'delivered'), 3, 'UTC') AS delivered_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'times', 'short'), 3, 'UTC') AS short_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'times', 'cancelled'), 3, 'UTC') AS cancelled_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'times', 'no_show'), 3, 'UTC') AS no_show_at
FROM orders
ARRAY JOIN JSONExtractArrayRaw(order_json, 'fulfilments') AS fulfilment
COMMENT 'What one location fulfils of an order in one way, with the times of its steps';

-- The ids that join order, customer, product, item and location.
CREATE VIEW IF NOT EXISTS order_lines_live AS
SELECT
    order_id, channel, source, customer_id, currency, placed_at, status AS order_status,
    line_no,
    JSONExtractString(line, 'lineId') AS line_id,
    JSONExtractString(line, 'fulfilmentId') AS fulfilment_id,
    JSONExtractString(line, 'status') AS status,
    JSONExtractString(line, 'method') AS method,
    JSONExtractString(line, 'locationId') AS location_id,
    toUInt64OrZero(JSONExtractString(line, 'gtin')) AS gtin,
    JSONExtractInt(line, 'requested') AS requested,
    JSONExtractInt(line, 'quantity') AS quantity,
    JSONExtractInt(line, 'picked') AS picked,
    JSONExtractInt(line, 'short') AS short,
    JSONExtractInt(line, 'cancelled') AS cancelled,
    JSONExtractInt(line, 'handedOver') AS handed_over,
    JSONExtractInt(line, 'returned') AS returned,
    toDecimal64OrZero(JSONExtractString(line, 'unitPrice'), 6) AS unit_price,
    toDecimal64OrZero(JSONExtractString(line, 'discount'), 6) AS discount,
    JSONExtractString(line, 'offerId') AS offer_id,
    JSONExtractString(line, 'reservationId') AS reservation_id,
    JSONExtractString(line, 'insteadOf') AS instead_of,
    JSONExtract(line, 'epcs', 'Array(String)') AS epcs,
    parseDateTime64BestEffortOrNull(JSONExtractString(line, 'promisedReadyAt'), 3, 'UTC') AS promised_ready_at
FROM orders
ARRAY JOIN
    JSONExtractArrayRaw(order_json, 'lines') AS line,
    arrayEnumerate(JSONExtractArrayRaw(order_json, 'lines')) AS line_no
COMMENT 'Lines of orders that were placed here, as they are by the last change of their order';

-- Steps of orders: who did what, when.
CREATE VIEW IF NOT EXISTS order_steps AS
SELECT
    order_id, channel, step_no,
    JSONExtractString(step, 'kind') AS kind,
    parseDateTime64BestEffort(JSONExtractString(step, 'at'), 3, 'UTC') AS at,
    parseDateTime64BestEffort(JSONExtractString(step, 'recordedAt'), 3, 'UTC') AS recorded_at,
    JSONExtractString(step, 'actor', 'kind') AS actor_kind,
    JSONExtractString(step, 'actor', 'id') AS actor_id,
    JSONExtractString(step, 'fulfilmentId') AS fulfilment_id,
    JSONExtractString(step, 'lineId') AS line_id,
    JSONExtractInt(step, 'quantity') AS quantity,
    JSONExtractString(step, 'cause') AS cause
FROM orders
ARRAY JOIN
    JSONExtractArrayRaw(order_json, 'timeline') AS step,
    arrayEnumerate(JSONExtractArrayRaw(order_json, 'timeline')) AS step_no
COMMENT 'Steps of orders: who did what, when, and why';

-- What was ordered, imported or placed here, in the columns of order_lines: what was handed over or is still open counts as a sale,
-- what was cancelled, not found or not collected is left out, what came back is a line of its own.
CREATE VIEW IF NOT EXISTS all_order_lines AS
SELECT
    source, order_id, line_no, line_type, channel, method, location_id, customer_id, country, code, gtin, description,
    quantity, unit_price, currency, ordered_at, 'imported' AS origin
FROM order_lines FINAL
UNION ALL
SELECT
    source, order_id, toUInt32(line_no), 'sale', channel, method, location_id, customer_id, '', '', gtin, '',
    quantity - short - cancelled, unit_price, currency, placed_at, 'live'
FROM order_lines_live
WHERE quantity - short - cancelled > 0
UNION ALL
SELECT
    source, order_id, toUInt32(line_no), 'return', channel, method, location_id, customer_id, '', '', gtin, '',
    -returned, unit_price, currency, placed_at, 'live'
FROM order_lines_live
WHERE returned > 0;
