-- Question:   Whose opening hours are known, for which days were they written out, and since when is there something to measure with them?
-- Grain:      one row a location with opening hours
-- Parameters: none
-- Freshness:  now
-- Cost:       the locations, two columns of opening_spans, the first rows of orders
SELECT
    place.location_id AS location_id, place.opening_hours AS opening_hours, place.time_zone AS time_zone,
    place.public_holidays AS public_holidays, toString(place.hours_key) AS hours_key,
    toUnixTimestamp64Milli(spans.first_at) AS first_ms,
    toUnixTimestamp64Milli(spans.last_at) AS last_ms,
    toUnixTimestamp64Milli(
        (
            SELECT min(at)
            FROM
            (
                SELECT minOrNull(decided_at) AS at FROM order_log
                UNION ALL
                SELECT minOrNull(placed_at) FROM history_fulfilments
            )
        )) AS needed_ms
FROM
(
    SELECT
        toString(location_id) AS location_id, opening_hours, toString(time_zone) AS time_zone, public_holidays,
        cityHash64(opening_hours, time_zone, public_holidays) AS hours_key
    FROM locations FINAL
    WHERE NOT is_deleted AND opening_hours != ''
) AS place
LEFT JOIN
(
    SELECT toString(location_id) AS location_id, hours_key, minOrNull(opens_at) AS first_at, maxOrNull(opens_at) AS last_at
    FROM opening_spans
    GROUP BY location_id, hours_key
) AS spans ON spans.location_id = place.location_id AND spans.hours_key = place.hours_key
