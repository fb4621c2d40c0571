-- Report:     P6
-- Question:   How often does who collects an order buy something else in the store?
-- Grain:      one row
-- Parameters: from, to, timeZone, location, channel
--             withinMinutes: integer 1..1440 = 60 — after the collection
-- Freshness:  what was recorded a few seconds before it is asked: docs/reports.md
-- Cost:       one pass over fulfilments, one over what was carried out of stores
-- Columns:    collections count — n: of orders placed in the window
--             known_collections count — of them, by customers who are known: of others nobody can say
--             attached count — with a purchase by the same person in the same store after it, within the time
--             attach_rate share — attached ÷ collections
WITH
    receipts AS
    (
        SELECT person_id, location_id, arraySort(groupUniqArray(ordered_at)) AS instants
        FROM report_lines
        WHERE person_id != '' AND method = 'carry_out' AND is_purchase
        GROUP BY person_id, location_id
    ),
    collections AS
    (
        SELECT
            all_fulfilments.location_id AS location_id,
            assumeNotNull(collected_at) AS at,
            if(keys.person_id != '', keys.person_id, all_fulfilments.customer_id) AS person_id
        FROM all_fulfilments
        LEFT ANY JOIN (SELECT customer_id, person_id FROM customer_keys WHERE source = '') AS keys
            ON keys.customer_id = all_fulfilments.customer_id
        WHERE is_pickup AND collected_at IS NOT NULL
            AND placed_at >= {from:DateTime64(3, 'UTC')} AND placed_at < {to:DateTime64(3, 'UTC')}
            AND (empty({location:Array(String)}) OR has({location:Array(String)}, all_fulfilments.location_id))
            AND (empty({channel:Array(String)}) OR has({channel:Array(String)}, channel))
    )
SELECT
    count() AS collections,
    countIf(collections.person_id != '') AS known_collections,
    countIf(
        collections.person_id != ''
        AND arrayExists(
            instant -> instant > collections.at AND instant <= collections.at + toIntervalMinute({within_minutes:UInt32}),
            receipts.instants)
    ) AS attached,
    if(count() = 0, NULL, attached / count()) AS attach_rate
FROM collections
LEFT JOIN receipts ON receipts.person_id = collections.person_id AND receipts.location_id = collections.location_id
