-- By when the customer was told to have what is brought to them, beside when they had it. Whether it lay ready in time is in all_fulfilments.

-- One row for each part of an order that a location fulfils in one way, with the time of each step; null where it was not reached.
CREATE OR REPLACE VIEW order_fulfilments AS
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
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'times', 'no_show'), 3, 'UTC') AS no_show_at,
    parseDateTime64BestEffortOrNull(JSONExtractString(fulfilment, 'promisedDeliveredAt'), 3, 'UTC') AS promised_delivered_at,
    -- 1 kept, 0 broken; null: nothing was promised, or it may still be kept, or nothing of it is to come any more.
    multiIf(
        promised_delivered_at IS NULL OR status IN ('cancelled', 'short', 'no_show'), NULL,
        delivered_at IS NOT NULL, delivered_at <= promised_delivered_at,
        promised_delivered_at < now64(3, 'UTC'), 0,
        NULL
    ) AS is_delivered_on_time
FROM orders
ARRAY JOIN JSONExtractArrayRaw(order_json, 'fulfilments') AS fulfilment
COMMENT 'What one location fulfils of an order in one way, with the times of its steps';
