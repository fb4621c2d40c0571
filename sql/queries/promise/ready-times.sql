-- Question:   How long did orders that are collected take at each location until they lay ready?
-- Grain:      one row a fulfilment that became ready, at most 500 of each location, the newest first
-- Parameters: since, when it became ready
-- Rule:       from when the store had it (or it was placed, where nobody said so); work begins when somebody took it or began to pick
-- Freshness:  what is committed
-- Cost:       the changes of orders since `since`, of which only those to `ready` are parsed
SELECT
    JSONExtractString(part, 'locationId') AS location_id,
    parseDateTime64BestEffort(
        if(JSONHas(part, 'times', 'sent_to_store'), JSONExtractString(part, 'times', 'sent_to_store'), JSONExtractString(part, 'times', 'allocated')),
        3, 'UTC') AS sent_at,
    parseDateTime64BestEffortOrNull(
        if(JSONHas(part, 'times', 'picking'), JSONExtractString(part, 'times', 'picking'), JSONExtractString(part, 'times', 'accepted')),
        3, 'UTC') AS begun_at,
    parseDateTime64BestEffort(JSONExtractString(part, 'times', 'ready'), 3, 'UTC') AS ready_at
FROM order_log
ARRAY JOIN JSONExtractArrayRaw(order_json, 'fulfilments') AS part
WHERE kind = 'ready' AND decided_at >= {since:DateTime64(3, 'UTC')}
    AND JSONExtractString(part, 'fulfilmentId') = JSONExtractString(details, 'fulfilmentId')
    AND JSONExtractString(part, 'method') IN ('pickup', 'curbside')
    AND JSONHas(part, 'times', 'allocated') AND JSONHas(part, 'times', 'ready')
ORDER BY ready_at DESC
LIMIT 500 BY location_id
