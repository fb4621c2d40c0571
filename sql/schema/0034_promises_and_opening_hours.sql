-- What became of each promise, and when places were open: for reports of pickups (docs/reports.md, adr/0036).

-- P7, K11. A line that came in place of another is no promise of its own: the first one was not kept. What the customer did not want
-- any more, did not pay for or did not collect is no broken promise.
CREATE VIEW IF NOT EXISTS promised_lines
(
    origin            String COMMENT 'live: happened here; history: was told',
    source            String COMMENT 'System that the order came from',
    order_id          String COMMENT 'With source: the order',
    line_no           UInt32 COMMENT 'Of the order',
    fulfilment_id     String COMMENT 'Within its order: what one location fulfils in one way',
    channel           String COMMENT 'Where the order was placed',
    customer_id       String COMMENT 'Record of the customer, opaque, as in customer_persons; empty for a guest',
    location_id       String COMMENT 'Who was to fulfil it',
    method            String COMMENT 'pickup, curbside, ship_from_store, ship_from_warehouse or delivery',
    gtin              UInt64 COMMENT 'The product',
    placed_at         DateTime64(3, 'UTC') COMMENT 'When the order was placed',
    promised_ready_at Nullable(DateTime64(3, 'UTC')) COMMENT 'Ready by then was promised; null = nothing was',
    quantity          Int64 COMMENT 'Units that were promised',
    short             Int64 COMMENT 'Of them, not to be had when they were picked',
    cancelled         Int64 COMMENT 'Of them, cancelled by whomever, or not collected',
    is_open           UInt8 COMMENT '1 while some of its units are still to be handed over',
    cause             String COMMENT 'Why not all units were given: not_found, damaged, sold_in_store, late or system (a closed store, a carrier, a program); the first that was told. Empty: they were, may still be, or the customer did not want them',
    is_disappointed   UInt8 COMMENT '1 when units of it were not given for a cause that is not the customer''s',
    is_substituted    UInt8 COMMENT '1 when another line came in its place'
)
AS
SELECT
    line.origin AS origin, line.source AS source, line.order_id AS order_id, line.line_no AS line_no,
    line.fulfilment_id AS fulfilment_id, line.channel AS channel, line.customer_id AS customer_id,
    line.location_id AS location_id, line.method AS method, line.gtin AS gtin, line.placed_at AS placed_at,
    line.promised_ready_at AS promised_ready_at, line.quantity AS quantity, line.short AS short, line.cancelled AS cancelled,
    line.quantity > line.short + line.cancelled + line.handed_over AS is_open,
    multiIf(
        line.short + line.cancelled = 0, '',
        line.told IN ('not_found', 'damaged', 'sold_in_store', 'late'), line.told,
        line.told != '', 'system',
        line.short > 0, 'not_found',
        ''
    ) AS cause,
    cause != '' AS is_disappointed,
    line.is_substituted AS is_substituted
FROM
(
    SELECT
        'live' AS origin, live.source AS source, live.order_id AS order_id, toUInt32(live.line_no) AS line_no,
        live.fulfilment_id AS fulfilment_id, live.channel AS channel, live.customer_id AS customer_id,
        live.location_id AS location_id, live.method AS method, live.gtin AS gtin, live.placed_at AS placed_at,
        live.promised_ready_at AS promised_ready_at, live.quantity AS quantity, live.short AS short, live.cancelled AS cancelled,
        live.handed_over AS handed_over, steps.told AS told,
        (live.order_id, live.line_id) IN (SELECT order_id, instead_of FROM order_lines_live WHERE instead_of != '') AS is_substituted
    FROM order_lines_live AS live
    LEFT JOIN
    (
        SELECT order_id, line_id, argMin(order_steps.cause, step_no) AS told
        FROM order_steps
        WHERE kind IN ('shorted', 'cancelled', 'changed') AND cause NOT IN ('', 'customer', 'payment', 'fraud', 'no_show')
        GROUP BY order_id, line_id
    ) AS steps ON steps.order_id = live.order_id AND steps.line_id = live.line_id
    WHERE live.instead_of = ''
    UNION ALL
    SELECT
        'history', past.source, past.order_id, past.line_no, past.fulfilment_id, past.channel, past.customer_id, past.location_id,
        past.method, past.gtin, past.placed_at, past.promised_ready_at, past.quantity, past.short, past.cancelled, past.handed_over,
        multiIf(
            of_line.first_no = 0, of_part.told,
            of_part.first_no = 0 OR of_line.first_no < of_part.first_no, of_line.told,
            of_part.told),
        (past.source, past.order_id, past.line_no) IN (SELECT source, order_id, instead_of FROM history_order_units WHERE instead_of != 0)
    FROM history_order_units AS past
    LEFT JOIN
    (
        SELECT source, order_id, line_no, min(step_no) AS first_no, argMin(toString(cause), step_no) AS told
        FROM history_order_steps
        WHERE kind IN ('shorted', 'cancelled', 'changed') AND cause NOT IN ('', 'customer', 'payment', 'fraud', 'no_show') AND line_no != 0
        GROUP BY source, order_id, line_no
    ) AS of_line ON of_line.source = past.source AND of_line.order_id = past.order_id AND of_line.line_no = past.line_no
    LEFT JOIN
    (
        SELECT source, order_id, fulfilment_id, min(step_no) AS first_no, argMin(toString(cause), step_no) AS told
        FROM history_order_steps
        WHERE kind IN ('shorted', 'cancelled', 'changed') AND cause NOT IN ('', 'customer', 'payment', 'fraud', 'no_show') AND line_no = 0
        GROUP BY source, order_id, fulfilment_id
    ) AS of_part ON of_part.source = past.source AND of_part.order_id = past.order_id AND of_part.fulfilment_id = past.fulfilment_id
    WHERE past.instead_of = 0
) AS line
COMMENT 'What was promised to somebody who ordered, line by line, live and past, and why it was not given where it was not';

-- Opening hours are a text that SQL cannot read: the server writes when they are open. What it is made of is in the key, so rows of
-- hours that were changed are left lying and count for nothing.
CREATE TABLE IF NOT EXISTS opening_spans
(
    location_id LowCardinality(String),
    hours_key   UInt64 COMMENT 'cityHash64(opening_hours, time_zone, public_holidays) of the location',
    opens_at    DateTime64(3, 'UTC') COMMENT 'Open from then; the begin of a day of its clock on which it does not open',
    closes_at   DateTime64(3, 'UTC') COMMENT 'Closed from then; opens_at on a day on which it does not open'
)
ENGINE = ReplacingMergeTree ORDER BY (location_id, hours_key, opens_at)
COMMENT 'When places are open, each day once or more. Made anew whenever it is missing: read opening_clock';

CREATE VIEW IF NOT EXISTS opening_clock
(
    location_id    String,
    opens_at       DateTime64(3, 'UTC') COMMENT 'Open from then',
    closes_at      DateTime64(3, 'UTC') COMMENT 'Until then; the same instant on a day on which it does not open',
    seconds_before Float64 COMMENT 'Opening hours of the location before opens_at, since its first row: two of them say how long it was open between'
)
AS SELECT
    location_id, opens_at, closes_at,
    ifNull(sum(dateDiff('millisecond', opens_at, closes_at) / 1000) OVER (
        PARTITION BY location_id ORDER BY opens_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS seconds_before
FROM opening_spans FINAL
WHERE (location_id, hours_key) IN (
    SELECT location_id, cityHash64(opening_hours, toString(time_zone), public_holidays) FROM locations FINAL WHERE NOT is_deleted)
COMMENT 'A clock for each location that goes while it is open, by the opening hours that it has now';
