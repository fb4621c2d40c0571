-- Report:     P2, P3, P4, P5
-- Question:   Are pickups collected, ready in time, and how long does everybody wait?
-- Grain:      one row a period, and location, channel or method; none without pickups
-- Parameters: from, to, timeZone, location, channel
--             period: all|day|week|month = all — of the day on which the order was placed; weeks begin on Mondays
--             by: all|location|channel|method = all — a row for each of these
-- Freshness:  what was recorded when it is asked
-- Cost:       one pass over fulfilments, each looked up in its location's opening hours twice
-- Columns:    period date — its first day; null for `all`
--             group text — the location, channel or method; all
--             is_complete flag — 0 where the period is not over, or not all of it lies in the window: its figures are null
--             pickups count — pickups and curbside pickups whose order was placed in the window, each location's part of an order is one
--             closed count — of them, with nothing left to do
--             collected count — of the closed, that came into the customer's hands
--             completion share — collected ÷ closed (P2)
--             no_shows count — of the closed, unclaimed at the end of the hold
--             no_show_rate share — no_shows ÷ closed (P2)
--             ready count — n of the times to ready
--             to_ready_p50 minutes — placed to ready, clock time, median (P3)
--             to_ready_p90 minutes — nine in ten were ready sooner (P3)
--             open_ready count — of the ready, at locations whose opening hours are known
--             open_to_ready_p50 minutes — placed to ready, in opening hours as the location has them now, median (P3)
--             open_to_ready_p90 minutes — nine in ten were ready sooner, in opening hours (P3)
--             promised count — with a promised time that is past or was kept; without what was cancelled before anybody took it up
--             ready_on_time count — of them, ready by then
--             ready_on_time_rate share — ready_on_time ÷ promised (P4)
--             store_wait_p50 minutes — pickup in the store: ready to collected, median (P5)
--             store_wait_p90 minutes — nine in ten were sooner
--             car_wait_p50 minutes — curbside: arrived to handed over, median (P5)
--             car_wait_p90 minutes — nine in ten were sooner
WITH
    least({to:DateTime64(3, 'UTC')}, {as_of:DateTime64(3, 'UTC')}) AS until,
    pickups AS
    (
        SELECT
            *,
            multiIf(
                {period:String} = 'all', NULL,
                {period:String} = 'month', toStartOfMonth(toDate(placed_at, {time_zone:String})),
                {period:String} = 'week', toMonday(toDate(placed_at, {time_zone:String})),
                toDate(placed_at, {time_zone:String})) AS begin,
            multiIf(
                {by:String} = 'location', location_id, {by:String} = 'channel', channel, {by:String} = 'method', method, 'all') AS group,
            ifNull(ready_at, placed_at) AS until_ready
        FROM all_fulfilments
        WHERE is_pickup
            AND placed_at >= {from:DateTime64(3, 'UTC')} AND placed_at < {to:DateTime64(3, 'UTC')}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
    ),
    -- Every day has a row of the clock: one that is further away is of hours that were not made yet.
    timed AS
    (
        SELECT
            pickups.*,
            if(
                ready_at IS NULL OR dateDiff('hour', placed.opens_at, pickups.placed_at) > 48
                    OR dateDiff('hour', readied.opens_at, pickups.until_ready) > 48,
                NULL,
                readied.seconds_before - placed.seconds_before
                    + least(dateDiff('millisecond', readied.opens_at, pickups.until_ready),
                        dateDiff('millisecond', readied.opens_at, readied.closes_at)) / 1000
                    - least(dateDiff('millisecond', placed.opens_at, pickups.placed_at),
                        dateDiff('millisecond', placed.opens_at, placed.closes_at)) / 1000
            ) AS open_seconds
        FROM pickups
        ASOF LEFT JOIN opening_clock AS placed
            ON placed.location_id = pickups.location_id AND placed.opens_at <= pickups.placed_at
        ASOF LEFT JOIN opening_clock AS readied
            ON readied.location_id = pickups.location_id AND readied.opens_at <= pickups.until_ready
    ),
    figures AS
    (
        SELECT
            begin,
            group,
            count() AS pickups,
            countIf(is_closed) AS closed,
            countIf(is_closed AND collected_at IS NOT NULL) AS collected,
            countIf(is_closed AND no_show_at IS NOT NULL) AS no_shows,
            count(seconds_to_ready) AS ready,
            quantileExactInclusiveOrNull(0.5)(seconds_to_ready) / 60 AS to_ready_p50,
            quantileExactInclusiveOrNull(0.9)(seconds_to_ready) / 60 AS to_ready_p90,
            count(open_seconds) AS open_ready,
            quantileExactInclusiveOrNull(0.5)(open_seconds) / 60 AS open_to_ready_p50,
            quantileExactInclusiveOrNull(0.9)(open_seconds) / 60 AS open_to_ready_p90,
            count(is_ready_on_time) AS promised,
            countIf(is_ready_on_time = 1) AS on_time,
            quantileExactInclusiveOrNullIf(0.5)(seconds_to_collect, method = 'pickup') / 60 AS store_wait_p50,
            quantileExactInclusiveOrNullIf(0.9)(seconds_to_collect, method = 'pickup') / 60 AS store_wait_p90,
            quantileExactInclusiveOrNullIf(0.5)(seconds_at_car, method = 'curbside') / 60 AS car_wait_p50,
            quantileExactInclusiveOrNullIf(0.9)(seconds_at_car, method = 'curbside') / 60 AS car_wait_p90
        FROM timed
        GROUP BY begin, group
    )
SELECT
    begin AS period,
    figures.group AS group,
    begin IS NULL OR (
        toDateTime(assumeNotNull(begin), {time_zone:String}) >= {from:DateTime64(3, 'UTC')}
        AND toDateTime(multiIf(
            {period:String} = 'month', addMonths(assumeNotNull(begin), 1),
            {period:String} = 'week', addDays(assumeNotNull(begin), 7),
            addDays(assumeNotNull(begin), 1)), {time_zone:String}) <= until) AS is_complete,
    if(is_complete, figures.pickups, NULL) AS pickups,
    if(is_complete, figures.closed, NULL) AS closed,
    if(is_complete, figures.collected, NULL) AS collected,
    if(closed = 0, NULL, figures.collected / closed) AS completion,
    if(is_complete, figures.no_shows, NULL) AS no_shows,
    if(closed = 0, NULL, figures.no_shows / closed) AS no_show_rate,
    if(is_complete, figures.ready, NULL) AS ready,
    if(is_complete, figures.to_ready_p50, NULL) AS to_ready_p50,
    if(is_complete, figures.to_ready_p90, NULL) AS to_ready_p90,
    if(is_complete, figures.open_ready, NULL) AS open_ready,
    if(is_complete, figures.open_to_ready_p50, NULL) AS open_to_ready_p50,
    if(is_complete, figures.open_to_ready_p90, NULL) AS open_to_ready_p90,
    if(is_complete, figures.promised, NULL) AS promised,
    if(is_complete, figures.on_time, NULL) AS ready_on_time,
    if(promised = 0, NULL, figures.on_time / promised) AS ready_on_time_rate,
    if(is_complete, figures.store_wait_p50, NULL) AS store_wait_p50,
    if(is_complete, figures.store_wait_p90, NULL) AS store_wait_p90,
    if(is_complete, figures.car_wait_p50, NULL) AS car_wait_p50,
    if(is_complete, figures.car_wait_p90, NULL) AS car_wait_p90
FROM figures
ORDER BY period, group
