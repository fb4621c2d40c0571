-- Question:   How many units of a product did each channel's reservations hold at a location, at an instant?
-- Grain:      one row per channel with held units
-- Parameters: at, the instant; location_id; gtin
-- Freshness:  what is committed
-- Cost:       the newest row of each reservation of this product, and the movements that name these
WITH
    live AS
    (
        SELECT reservation_id, newest.1 AS channel, arraySum((l, g, q) -> if(l = {location_id:String} AND g = {gtin:UInt64}, q, 0), newest.4, newest.5, newest.6) AS held
        FROM
        (
            SELECT
                reservation_id,
                argMax((channel, status, counts_until, `lines.location_id`, `lines.gtin`, `lines.quantity`), ordinal) AS newest
            FROM reservation_events
            WHERE reservation_id != '' AND decided_at <= {at:DateTime64(3, 'UTC')} AND has(`lines.gtin`, {gtin:UInt64})
            GROUP BY reservation_id
        )
        WHERE newest.3 > {at:DateTime64(3, 'UTC')} AND newest.2 IN ('held', 'confirmed', 'picked')
    ),
    taken AS
    (
        SELECT reservation_id, sum(-toInt64(quantity)) AS units
        FROM movements
        WHERE reservation_id IN (SELECT reservation_id FROM live) AND quantity < 0 AND gtin = {gtin:UInt64}
          AND location_id = {location_id:String} AND recorded_at <= {at:DateTime64(3, 'UTC')}
        GROUP BY reservation_id
    )
SELECT channel, sum(greatest(toInt64(0), toInt64(held) - units)) AS reserved
FROM (SELECT live.channel AS channel, live.held AS held, taken.units AS units FROM live LEFT JOIN taken USING (reservation_id))
GROUP BY channel
HAVING reserved > 0
