-- Question: How many online orders do we not fulfil, and why?
-- Area:     orders
-- Note:     Steps that cancelled units or found none, by cause.
SELECT channel, kind, if(cause = '', 'not said', cause) AS why, uniqExact(order_id) AS orders, sum(quantity) AS units
FROM all_order_steps
WHERE kind IN ('cancelled', 'shorted', 'no_show')
GROUP BY channel, kind, why
ORDER BY orders DESC
