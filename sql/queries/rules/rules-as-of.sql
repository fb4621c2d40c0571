-- Question:   Which rules of availability held at an instant, by what was known then?
-- Grain:      one row per rule; taken-back ones are left out
-- Parameters: version, Unix microseconds of the instant
-- Freshness:  what the server has committed
-- Cost:       a full read of a small table
SELECT
    rule_id,
    argMax(rule, availability_rules.version) AS rule,
    argMax(changed_at, availability_rules.version) AS changed_at,
    argMax(changed_by, availability_rules.version) AS changed_by,
    max(availability_rules.version) AS version
FROM availability_rules
WHERE availability_rules.version <= {version:UInt64}
GROUP BY rule_id
HAVING argMax(is_deleted, availability_rules.version) = 0
ORDER BY rule_id
