-- Question:   What do these dead letters hold, and why were they refused when they last came?
-- Grain:      one row a dead letter; `payload` is base64, cut to its first payload_characters
-- Parameters: dead_letter_ids, payload_characters (a multiple of 4)
-- Freshness:  the instant of the query
-- Cost:       the parts of the table that a bloom filter on the id leaves
SELECT
    dead_letter_id,
    any(topic) AS topic,
    any(location_id) AS location_id,
    argMax(detail, received_at) AS detail,
    min(received_at) AS first_received_at,
    any(left(payload, {payload_characters:UInt32})) AS payload
FROM dead_letters
WHERE dead_letter_id IN {dead_letter_ids:Array(String)}
GROUP BY dead_letter_id
