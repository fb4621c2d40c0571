-- Question: Why do customers bring things back, and how soon can they be sold again?
-- Area:     orders
-- Note:     Hours from the return until the goods stood for sale.
SELECT
    if(reason = '', 'not said', reason) AS why,
    bought_channel,
    sum(quantity) AS units,
    round(quantileExactIf(0.5)(seconds_to_sellable, seconds_to_sellable IS NOT NULL) / 3600, 1) AS median_hours_to_sellable
FROM all_returns
GROUP BY why, bought_channel
ORDER BY units DESC
