-- Question:   Which holds came to their end by the clock in a time?
-- Grain:      one row a reservation, by its end
-- Parameters: after_ms (not included) and until_ms (included), Unix ms
-- Freshness:  the instant of the query; a change that is decided and not yet stored is not seen
-- Cost:       parts whose range of counts_until has the time, then the reservations that end in it
SELECT reservation_id, version, reservation, counts_until AS ended_at
FROM
(
    SELECT
        reservation_id,
        argMax(version, ordinal) AS version,
        argMax(reservation, ordinal) AS reservation,
        argMax(status, ordinal) AS last_status,
        argMax(counts_until, ordinal) AS counts_until
    FROM reservation_events
    WHERE reservation_id IN
    (
        SELECT reservation_id
        FROM reservation_events
        WHERE reservation_id != ''
          AND toUnixTimestamp64Milli(counts_until) > {after_ms:Int64}
          AND toUnixTimestamp64Milli(counts_until) <= {until_ms:Int64}
    )
    GROUP BY reservation_id
)
WHERE last_status IN ('held', 'confirmed', 'picked')
  AND toUnixTimestamp64Milli(counts_until) > {after_ms:Int64}
  AND toUnixTimestamp64Milli(counts_until) <= {until_ms:Int64}
ORDER BY counts_until, reservation_id
