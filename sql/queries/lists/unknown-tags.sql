-- Question:   Which tags are read that name no product of the list?
-- Grain:      one row a GTIN that is not in the product list, and one for the tags without a GTIN whose first 32 bits are
--             the same; the most tags first
-- Parameters: since, when reads were taken in; location_id ('' = all); page_rows, page_offset
-- Rule:       a tag that is mapped by now, and a GTIN that was imported by now, are gone from it
-- Freshness:  what ingest has committed
-- Cost:       the raw reads since then at these locations
WITH unknown AS
(
    SELECT
        read_gtin AS tag_gtin,
        if(read_gtin = 0, left(read_epc, 8), '') AS tag_prefix,
        uniq(read_epc) AS tags,
        sum(read_read_count) AS reads,
        arraySort(groupUniqArray(20)(toString(location_id))) AS locations,
        arraySort(groupUniqArray(20)(concat(location_id, '/', reader_id))) AS readers,
        min(read_observed_at) AS first_at,
        max(read_observed_at) AS last_at,
        argMax(read_epc, read_observed_at) AS example_epc
    FROM read_batches
    ARRAY JOIN
        epc AS read_epc, gtin AS read_gtin, observed_at AS read_observed_at, read_count AS read_read_count,
        verdict AS read_verdict
    WHERE received_at >= {since:DateTime64(3)}
      AND ({location_id:String} = '' OR location_id = {location_id:String})
      AND read_verdict NOT IN ('too_old', 'in_future')
      AND read_epc NOT IN (SELECT arrayJoin(code_words) FROM tag_mappings FINAL WHERE is_deleted = 0)
      AND (read_gtin = 0 OR read_gtin NOT IN (SELECT gtin FROM products FINAL WHERE is_deleted = 0))
    GROUP BY tag_gtin, tag_prefix
)
SELECT
    tag_gtin AS gtin, tag_prefix AS prefix, tags, reads, locations, readers, first_at, last_at, example_epc,
    count() OVER () AS total_lines,
    sum(tags) OVER () AS total_units,
    map('', toDecimal64(0, 6)) AS total_value
FROM unknown
ORDER BY tags DESC, last_at DESC, tag_gtin, tag_prefix
LIMIT {page_rows:UInt32} OFFSET {page_offset:UInt32}
