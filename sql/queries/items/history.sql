-- Question:   What happened to this item, newest first?
-- Grain:      one row an event that said something of it; `movements` are the ledger's lines that name it
-- Parameters: epc, the item's identity; before_ordinal, of the last row of the page before; page_rows
-- Freshness:  what ingest has committed
-- Cost:       the granules that a bloom filter on items.epc leaves: a few of the whole ledger
WITH arrayLastIndex(one -> one = {epc:String}, items.epc) AS at
SELECT
    ordinal, occurred_at, recorded_at, event_type, event_id, source,
    items.location_id[at] AS location_id,
    items.zone_id[at] AS zone_id,
    items.status[at] AS status,
    items.state[at] AS state,
    items.gtin[at] AS gtin,
    items.first_seen_at[at] AS first_seen_at,
    items.last_seen_at[at] AS last_seen_at,
    arrayMap(
        line -> (line.2, line.3, line.4, line.5),
        arrayFilter(
            line -> line.1 = {epc:String},
            arrayZip(movements.epc, movements.location_id, movements.quantity, movements.state, movements.reason))
    ) AS lines
FROM events
WHERE has(items.epc, {epc:String}) AND ordinal < {before_ordinal:UInt64}
ORDER BY ordinal DESC
LIMIT {page_rows:UInt32}
