-- Report:     K12
-- Question:   How many redemptions of offers were made in another channel than the one that issued them?
-- Grain:      one row
-- Parameters: from, to, timeZone
-- Freshness:  what was recorded when it is asked
-- Cost:       one pass over offers' events
-- Columns:    issued count — offers that were issued to somebody in the window
--             redemptions count — n: in the window, of offers issued whenever
--             cross_channel_redemptions count — of them, in another channel
--             cross_channel_share share — cross_channel_redemptions ÷ redemptions
SELECT
    countIf(kind = 'issued') AS issued,
    countIf(kind = 'redeemed') AS redemptions,
    countIf(kind = 'redeemed' AND issuing_channel != redeeming_channel) AS cross_channel_redemptions,
    if(redemptions = 0, NULL, cross_channel_redemptions / redemptions) AS cross_channel_share
FROM offer_events
WHERE at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')}
