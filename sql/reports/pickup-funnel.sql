-- Report:     P2
-- Question:   How far do pickups come, and where do they end that are not collected?
-- Grain:      one row a stage, in the order in which they are passed: placed, accepted, ready, collected; then the ends of those that
--             were not collected: no_show, cancelled, short; then open
-- Parameters: from, to, timeZone, location, channel
-- Freshness:  what was recorded when it is asked
-- Cost:       one pass over fulfilments
-- Columns:    stage text — placed, accepted, ready, collected; no_show, cancelled, short (none of it was found); open (neither yet)
--             kind text — passed: a stage on the way; lost: an end without a collection; open
--             pickups count — of the pickups and curbside pickups placed in the window, how many came to it, whatever became of them then
--             share share — pickups ÷ those placed
WITH
    parts AS
    (
        SELECT
            *,
            multiIf(
                collected_at IS NOT NULL, 'collected',
                NOT is_closed, 'open',
                no_show_at IS NOT NULL, 'no_show',
                status = 'short', 'short',
                'cancelled'
            ) AS outcome
        FROM all_fulfilments
        WHERE is_pickup
            AND placed_at >= {from:DateTime64(3, 'UTC')} AND placed_at < {to:DateTime64(3, 'UTC')}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
    ),
    counted AS
    (
        SELECT
            count() AS placed,
            [
                ('placed', 'passed', placed),
                ('accepted', 'passed', count(accepted_at)),
                ('ready', 'passed', count(ready_at)),
                ('collected', 'passed', countIf(outcome = 'collected')),
                ('no_show', 'lost', countIf(outcome = 'no_show')),
                ('cancelled', 'lost', countIf(outcome = 'cancelled')),
                ('short', 'lost', countIf(outcome = 'short')),
                ('open', 'open', countIf(outcome = 'open'))
            ] AS stages
        FROM parts
    )
SELECT
    tupleElement(row, 1) AS stage,
    tupleElement(row, 2) AS kind,
    tupleElement(row, 3) AS pickups,
    if(placed = 0, NULL, pickups / placed) AS share
FROM counted
ARRAY JOIN stages AS row
