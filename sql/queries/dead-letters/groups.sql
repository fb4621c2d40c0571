-- Question:   Which dead letters are alike: the same reason for messages of the same kind and shape?
-- Grain:      one row a group, the largest first; `topics` are the ten topics with the most of them
-- Parameters: as in list
-- Freshness:  the instant of the query
-- Cost:       the columns of all dead letters but their bytes
SELECT
    code, kind, shape,
    sum(topic_letters) AS letters,
    sum(topic_arrivals) AS arrivals,
    min(topic_first) AS first_received_at,
    max(topic_last) AS last_received_at,
    count() AS topic_count,
    arraySlice(arrayReverseSort(each -> each.2, groupArray((topic, topic_letters))), 1, 10) AS topics,
    argMax(topic_example, topic_last) AS example_id
FROM
(
    SELECT
        code, kind, shape, topic,
        count() AS topic_letters,
        sum(arrivals) AS topic_arrivals,
        min(first_received_at) AS topic_first,
        max(last_received_at) AS topic_last,
        argMax(dead_letter_id, last_received_at) AS topic_example
    FROM dead_letter_states
    WHERE ({state:String} IN ('all', state) OR ({state:String} = 'resolved' AND state != 'open'))
      AND ({location_id:String} = '' OR location_id = {location_id:String})
      AND ({source_id:String} = '' OR source_id = {source_id:String})
      AND ({kind:String} = '' OR kind = {kind:String})
      AND ({code:String} = '' OR code = {code:String})
      AND ({shape:String} = '' OR shape = {shape:String})
      AND toUnixTimestamp64Milli(last_received_at) BETWEEN {from_ms:Int64} AND {to_ms:Int64}
    GROUP BY code, kind, shape, topic
)
GROUP BY code, kind, shape
ORDER BY letters DESC, last_received_at DESC
LIMIT 200
