-- Question:   Which units were sold, and through which channel?
-- Grain:      one row per line of the ledger. The channel is that of the reservation that it names; store, where it names neither a
--             reservation nor an order; empty, where it names an order alone
-- Parameters: since and until, bounds of the time of recording (both within)
-- Freshness:  what ingest has committed
-- Cost:       the events of the time asked for, and the reservations that they name
WITH sold AS
(
    SELECT location_id, sequence, gtin, toInt64(-quantity) AS units, recorded_at, reservation_id, order_id
    FROM movements
    WHERE reason = 'sold' AND quantity < 0
      AND recorded_at >= {since:DateTime64(3, 'UTC')} AND recorded_at <= {until:DateTime64(3, 'UTC')}
)
SELECT
    location_id, sequence, gtin, units, toUnixTimestamp64Milli(recorded_at) AS recorded_at_ms,
    multiIf(reservation_id != '', known.channel, order_id != '', '', 'store') AS channel
FROM sold
LEFT JOIN
(
    SELECT reservation_id, any(channel) AS channel
    FROM reservation_events
    WHERE reservation_id IN (SELECT reservation_id FROM sold WHERE reservation_id != '')
    GROUP BY reservation_id
) AS known USING (reservation_id)
ORDER BY recorded_at, location_id, sequence
