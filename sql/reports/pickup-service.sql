-- Report:     P2, P3, P4, P5
-- Question:   Are pickups collected, ready in time, and how long does everybody wait?
-- Grain:      one row, or one a location, channel or method; none without pickups
-- Parameters: from, to, timeZone, location, channel
--             by: all|location|channel|method = all — a row for each of these
-- Freshness:  what was recorded when it is asked
-- Cost:       one pass over fulfilments
-- Columns:    group text — the location, channel or method; all
--             pickups count — pickups and curbside pickups whose order was placed in the window, each location's part of an order is one
--             closed count — of them, with nothing left to do
--             collected count — of the closed, that came into the customer's hands
--             completion share — collected ÷ closed (P2)
--             no_shows count — of the closed, unclaimed at the end of the hold
--             no_show_rate share — no_shows ÷ closed (P2)
--             ready count — n of the times to ready
--             to_ready_p50 minutes — placed to ready, clock time, median (P3)
--             to_ready_p90 minutes — nine in ten were ready sooner (P3)
--             promised count — with a promised time that is past or was kept; without what was cancelled before anybody took it up
--             ready_on_time count — of them, ready by then
--             ready_on_time_rate share — ready_on_time ÷ promised (P4)
--             store_wait_p50 minutes — pickup in the store: ready to collected, median (P5)
--             store_wait_p90 minutes — nine in ten were sooner
--             car_wait_p50 minutes — curbside: arrived to handed over, median (P5)
--             car_wait_p90 minutes — nine in ten were sooner
SELECT
    multiIf({by:String} = 'location', location_id, {by:String} = 'channel', channel, {by:String} = 'method', method, 'all') AS group,
    count() AS pickups,
    countIf(is_closed) AS closed,
    countIf(is_closed AND collected_at IS NOT NULL) AS collected,
    if(closed = 0, NULL, collected / closed) AS completion,
    countIf(is_closed AND no_show_at IS NOT NULL) AS no_shows,
    if(closed = 0, NULL, no_shows / closed) AS no_show_rate,
    count(seconds_to_ready) AS ready,
    quantileExactInclusiveOrNull(0.5)(seconds_to_ready) / 60 AS to_ready_p50,
    quantileExactInclusiveOrNull(0.9)(seconds_to_ready) / 60 AS to_ready_p90,
    count(is_ready_on_time) AS promised,
    countIf(is_ready_on_time = 1) AS ready_on_time,
    if(promised = 0, NULL, ready_on_time / promised) AS ready_on_time_rate,
    quantileExactInclusiveOrNullIf(0.5)(seconds_to_collect, method = 'pickup') / 60 AS store_wait_p50,
    quantileExactInclusiveOrNullIf(0.9)(seconds_to_collect, method = 'pickup') / 60 AS store_wait_p90,
    quantileExactInclusiveOrNullIf(0.5)(seconds_at_car, method = 'curbside') / 60 AS car_wait_p50,
    quantileExactInclusiveOrNullIf(0.9)(seconds_at_car, method = 'curbside') / 60 AS car_wait_p90
FROM all_fulfilments
WHERE is_pickup
    AND placed_at >= {from:DateTime64(3, 'UTC')} AND placed_at < {to:DateTime64(3, 'UTC')}
    AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
    AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
GROUP BY group
ORDER BY group
