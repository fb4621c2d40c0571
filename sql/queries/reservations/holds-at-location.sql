-- Question:   Which reservations held units at a location at an instant, and how many of each product?
-- Grain:      one row per reservation and product with held units
-- Parameters: location_id; gtin, 0 = all; at, the instant; through_ordinal, the last change that counts; through_sequence, the
--             last movement of the location that counts; recorded_until, the latest instant at which it was recorded
-- Freshness:  what is committed
-- Cost:       the rows that may hold stock at the instant, the other rows of these reservations, and the location's movements
WITH
    live AS
    (
        SELECT
            reservation_id,
            argMax(status, ordinal) AS last_status,
            argMax(counts_until, ordinal) AS ends_at,
            argMax(reservation, ordinal) AS last_reservation,
            argMax(recorded_at, ordinal) AS changed_at,
            any(channel) AS its_channel,
            argMax(`lines.location_id`, ordinal) AS location_ids,
            argMax(`lines.gtin`, ordinal) AS gtins,
            argMax(`lines.quantity`, ordinal) AS quantities
        FROM reservation_events
        WHERE decided_at <= {at:DateTime64(3, 'UTC')} AND ordinal <= {through_ordinal:UInt64} AND reservation_id IN
        (
            SELECT reservation_id
            FROM reservation_events
            WHERE counts_until > {at:DateTime64(3, 'UTC')} AND has(`lines.location_id`, {location_id:String})
        )
        GROUP BY reservation_id
        HAVING ends_at > {at:DateTime64(3, 'UTC')} AND last_status IN ('held', 'confirmed', 'picked')
    ),
    taken AS
    (
        SELECT reservation_id, gtin, sum(-toInt64(quantity)) AS units
        FROM movements
        WHERE location_id = {location_id:String} AND sequence <= {through_sequence:UInt64} AND reservation_id != ''
            AND quantity < 0 AND recorded_at <= {recorded_until:DateTime64(3, 'UTC')}
            AND reservation_id IN (SELECT reservation_id FROM live)
        GROUP BY reservation_id, gtin
    )
SELECT
    held.reservation_id AS reservation_id, held.status AS status, held.channel AS channel, held.gtin AS gtin,
    held.quantity - taken.units AS units, held.changed_at AS changed_at,
    JSONExtractString(held.reservation, 'createdAt') AS created_at,
    JSONExtractString(held.reservation, 'expiresAt') AS expires_at,
    JSONExtractString(held.reservation, 'holdUntil') AS hold_until
FROM
(
    SELECT
        reservation_id, last_status AS status, its_channel AS channel, changed_at, last_reservation AS reservation,
        location_id, gtin, toInt64(line_quantity) AS quantity
    FROM live
    ARRAY JOIN location_ids AS location_id, gtins AS gtin, quantities AS line_quantity
    WHERE location_id = {location_id:String} AND ({gtin:UInt64} = 0 OR gtin = {gtin:UInt64})
) AS held
LEFT JOIN taken ON taken.reservation_id = held.reservation_id AND taken.gtin = held.gtin
WHERE units > 0
ORDER BY reservation_id, gtin
