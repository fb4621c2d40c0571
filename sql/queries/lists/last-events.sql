-- Question:   When did one of these last happen to these items?
-- Grain:      one row an item to which it did
-- Parameters: epcs, those of one page; event_types ([] = any); status of the item after it ('' = any)
-- Freshness:  what ingest has committed
-- Cost:       the granules that a bloom filter on items.epc leaves
SELECT
    epc,
    argMax(occurred_at, ordinal) AS last_at,
    argMax(event_id, ordinal) AS last_event_id
FROM
(
    SELECT
        arrayJoin(arrayFilter(
            (one, is_of_page, its_status) -> is_of_page AND ({status:String} = '' OR its_status = {status:String}),
            items.epc, arrayMap(one -> has({epcs:Array(String)}, one), items.epc), items.status)) AS epc,
        occurred_at, event_id, ordinal
    FROM events
    WHERE hasAny(items.epc, {epcs:Array(String)})
      AND (empty({event_types:Array(String)}) OR has({event_types:Array(String)}, event_type))
)
GROUP BY epc
