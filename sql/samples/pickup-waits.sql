-- Question: How long do customers wait for pickups, store by store?
-- Area:     orders
-- Note:     Median and the slowest tenth, in minutes from the order until it lay ready.
SELECT
    location_id,
    countIf(ready_at IS NOT NULL) AS made_ready,
    round(quantileExactIf(0.5)(seconds_to_ready, seconds_to_ready IS NOT NULL) / 60) AS median_minutes,
    round(quantileExactIf(0.9)(seconds_to_ready, seconds_to_ready IS NOT NULL) / 60) AS slowest_tenth_minutes,
    round(countIf(ready_at > promised_ready_at) / nullIf(countIf(ready_at IS NOT NULL AND promised_ready_at IS NOT NULL), 0), 4) AS late_share
FROM all_fulfilments
WHERE is_pickup = 1
GROUP BY location_id
ORDER BY median_minutes DESC
