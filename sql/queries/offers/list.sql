-- Question:   Which offers are there, and how often were they issued and redeemed?
-- Grain:      one row an offer, by id
-- Parameters: offer_id (empty: all), after, limit
-- Freshness:  the instant of the query
-- Cost:       the offers, and two columns of the events of those on the page
WITH
    page AS
    (
        SELECT
            offer_id,
            argMax(label, version) AS label,
            argMax(channel, version) AS channel,
            argMax(is_open, version) AS is_open,
            argMax(valid_from, version) AS valid_from,
            argMax(tuple(valid_until), version).1 AS valid_until,
            argMax(tuple(max_redemptions), version).1 AS max_redemptions,
            argMax(changed_at, version) AS changed_at,
            argMax(changed_by, version) AS changed_by
        FROM offers
        WHERE ({offer_id:String} = '' OR offer_id = {offer_id:String}) AND offer_id > {after:String}
        GROUP BY offer_id
        ORDER BY offer_id
        LIMIT {limit:UInt32}
    )
SELECT page.*, counts.issued AS issued, counts.redeemed AS redeemed
FROM page
LEFT JOIN
(
    SELECT offer_id, countIf(kind = 'issued') AS issued, countIf(kind = 'redeemed') AS redeemed
    FROM offer_events
    WHERE offer_id IN (SELECT offer_id FROM page)
    GROUP BY offer_id
) AS counts ON counts.offer_id = page.offer_id
ORDER BY page.offer_id
