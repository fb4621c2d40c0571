-- Question:   Which records have one of these identifiers?
-- Grain:      one row a record
-- Parameters: kinds, sources, identifiers: three lists of one length
-- Freshness:  the instant of the query
-- Cost:       a bloom filter finds the granules
SELECT DISTINCT customer_id
FROM customer_events
WHERE kind = 'identified'
    AND identifier IN {identifiers:Array(String)}
    AND (identifier_kind, identifier_source, identifier) IN
        (SELECT tupleElement(one, 1), tupleElement(one, 2), tupleElement(one, 3)
         FROM (SELECT arrayJoin(arrayZip({kinds:Array(String)}, {sources:Array(String)}, {identifiers:Array(String)})) AS one))
