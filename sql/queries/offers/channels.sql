-- Question:   How many redemptions were there, by where the offer was issued and where it was redeemed?
-- Grain:      one row a pair of channels
-- Parameters: offer_id (empty: all), since and until as instants of the redemption
-- Freshness:  the instant of the query
-- Cost:       the events of the offer, or of all
SELECT issuing_channel, redeeming_channel, count() AS redemptions
FROM offer_events
WHERE kind = 'redeemed' AND ({offer_id:String} = '' OR offer_id = {offer_id:String})
    AND at >= {since:DateTime64(3, 'UTC')} AND at < {until:DateTime64(3, 'UTC')}
GROUP BY issuing_channel, redeeming_channel
ORDER BY issuing_channel, redeeming_channel
