-- Question:   What has happened to an offer that matters to one issue or redemption of it?
-- Grain:      one row an issue or redemption, in their order
-- Parameters: offer_id, event_id, code, customer_ids (of one person)
-- Freshness:  the instant of the query
-- Cost:       the events of the offer
WITH
    mine AS
    (
        SELECT event_id FROM offer_events
        WHERE offer_id = {offer_id:String} AND kind = 'issued'
            AND ((code != '' AND code = {code:String}) OR customer_id IN {customer_ids:Array(String)})
    )
SELECT kind, event_id, issue_id, code, customer_id, issuing_channel, redeeming_channel, order_id, at
FROM offer_events
WHERE offer_id = {offer_id:String}
    AND (event_id = {event_id:String} OR event_id IN (SELECT event_id FROM mine) OR issue_id IN (SELECT event_id FROM mine))
ORDER BY ordinal
