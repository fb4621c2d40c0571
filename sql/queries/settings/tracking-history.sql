-- Question:   Who changed which settings of item tracking when, and what did they hold before?
-- Grain:      one row per change, newest first
-- Parameters: location_id, '*' for all ('' is the company); before, only versions below it; page_rows
-- Freshness:  what the server has committed
-- Cost:       a full read of a small table
SELECT
    location_id, reader_id, antenna, settings, is_deleted, changed_at, changed_by, note, version,
    settings_before
FROM
(
    SELECT
        location_id, reader_id, antenna, settings, is_deleted, changed_at, changed_by, note, version,
        lagInFrame(if(is_deleted = 1, '', settings), 1, '') OVER (
            PARTITION BY location_id, reader_id, antenna ORDER BY version
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS settings_before
    FROM tracking_settings
    WHERE {location_id:String} IN ('*', location_id)
)
WHERE version < {before:UInt64}
ORDER BY version DESC
LIMIT {page_rows:UInt32}
