-- Question:   Who changed which rule of availability when, and how?
-- Grain:      one row per change, newest first
-- Parameters: rule_id ('' = all); before, only versions below it; page_rows
-- Freshness:  what the server has committed
-- Cost:       a full read of a small table
SELECT rule_id, rule, rule_before, is_deleted, changed_at, changed_by, version
FROM
(
    SELECT
        rule_id, rule, is_deleted, changed_at, changed_by, version,
        lagInFrame(if(is_deleted = 1, '', rule), 1, '') OVER (
            PARTITION BY rule_id ORDER BY version ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS rule_before
    FROM availability_rules
    WHERE {rule_id:String} IN ('', rule_id)
)
WHERE version < {before:UInt64}
ORDER BY version DESC
LIMIT {page_rows:UInt32}
