-- Question:   How many units of each product were held at once, at most, and how many are held at the end?
-- Grain:      one row a product at the location
-- Parameters: location_id; at, the instant that counts as the end
-- Rule:       a row of reservation_events counts from its decision until the next row of the same reservation, or until
--             counts_until, whichever is first. Of one instant, what lapses goes before what is decided, and what is decided
--             goes in the order of its ordinals. Nothing of the server's own fold is used.
-- Freshness:  what is committed
-- Cost:       all rows of reservation_events; a sort of twice as many
WITH
    spans AS
    (
        SELECT
            gtin, ordinal, quantity, counts_until, decided_at,
            leadInFrame(ordinal, 1, toUInt64(0)) OVER following AS next_ordinal,
            leadInFrame(decided_at, 1, toDateTime64('2200-01-01 00:00:00', 3, 'UTC')) OVER following AS next_at
        FROM
        (
            SELECT reservation_id, ordinal, decided_at, counts_until, gtin, toInt64(quantity) AS quantity
            FROM reservation_events
            ARRAY JOIN lines.location_id AS place, lines.gtin AS gtin, lines.quantity AS quantity
            WHERE reservation_id != '' AND version > 0 AND kind NOT IN ('refused', 'answered', 'started')
                AND place = {location_id:String}
        )
        WINDOW following AS
        (
            PARTITION BY reservation_id, gtin ORDER BY ordinal ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        )
    ),
    steps AS
    (
        SELECT gtin, decided_at AS at, ordinal AS place_in_order, quantity AS delta
        FROM spans
        WHERE counts_until > decided_at
        UNION ALL
        SELECT
            gtin, least(next_at, counts_until) AS at, if(counts_until <= next_at, toUInt64(0), next_ordinal) AS place_in_order,
            -quantity AS delta
        FROM spans
        WHERE counts_until > decided_at
    )
SELECT gtin, max(held) AS peak, argMaxIf(held, (at, place_in_order, -delta), at <= {at:DateTime64(3, 'UTC')}) AS held_at_end
FROM
(
    SELECT
        gtin, at, place_in_order, delta,
        sum(delta) OVER (PARTITION BY gtin ORDER BY at, place_in_order, delta ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS held
    FROM steps
)
GROUP BY gtin
ORDER BY gtin
