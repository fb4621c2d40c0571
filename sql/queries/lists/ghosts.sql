-- Question:   Which tags of known products were read, but not often or near enough to become items?
-- Grain:      one row a tag's identity, at the place where it was read last; the most valuable first
-- Parameters: since and until, when reads were taken in (until: a minute ago, since an item needs a moment to become one);
--             location_id ('' = all); page_rows, page_offset
-- Freshness:  what ingest has committed
-- Cost:       the raw reads since then at these locations, and the newest snapshot of items
-- Limits:     SGTIN-96 and SGTIN-198. Their identity (filter 0, the short scheme where the serial fits) is made here as
--             domain/epc/identity.ts makes it.
WITH
    tag -> if(position('13579BDF', substring(tag, 3, 1)) > 0, '1', '0') AS partition_bit,
    tag -> arrayStringConcat(arrayMap(
        code -> char(code),
        arrayFilter(
            code -> code > 0,
            arrayMap(
                at -> reinterpretAsUInt8(unbin('0' || substring(bin(unhex(tag)), 59 + 7 * at, 7))),
                range(20))))) AS serial_198,
    tag -> hex(unbin(
        '00110000000' || substring(bin(unhex(tag)), 12, 47) ||
        right(leftPad(bin(toUInt64OrZero(serial_198(tag))), 64, '0'), 38))) AS as_96,
    tag -> '36' || partition_bit(tag) || substring(tag, 4, 46) ||
        ['0', '4', '8', 'C'][reinterpretAsUInt8(unbin('000000' || substring(bin(unhex(tag)), 197, 2))) + 1] || '00' AS as_198,
    tag -> multiIf(
        startsWith(tag, '30'), '30' || partition_bit(tag) || substring(tag, 4, 21),
        match(serial_198(tag), '^(0|[1-9][0-9]{0,11})$') AND toUInt64OrZero(serial_198(tag)) < 274877906944, as_96(tag),
        as_198(tag)) AS identity_of,
    tags AS
    (
        SELECT
            -- Not the key itself: what is asked of it would be asked of each read.
            any(read_epc) AS tag,
            any(read_gtin) AS tag_gtin,
            argMax((location_id, reader_id, read_zone_id), read_observed_at) AS tag_place,
            sum(read_read_count) AS tag_reads,
            min(read_observed_at) AS tag_first,
            max(read_observed_at) AS tag_last,
            maxOrNull(if(isFinite(read_rssi_dbm), read_rssi_dbm, NULL)) AS tag_rssi
        FROM read_batches
        ARRAY JOIN
            epc AS read_epc, gtin AS read_gtin, zone_id AS read_zone_id, observed_at AS read_observed_at,
            rssi_dbm AS read_rssi_dbm, read_count AS read_read_count, verdict AS read_verdict
        WHERE received_at BETWEEN {since:DateTime64(3)} AND {until:DateTime64(3)}
          AND ({location_id:String} = '' OR location_id = {location_id:String})
          AND read_verdict IN ('accepted', 'stray')
          AND read_gtin > 0
          AND (startsWith(read_epc, '30') OR startsWith(read_epc, '36'))
        GROUP BY read_epc
    ),
    ghosts AS
    (
        SELECT
            identity AS ghost_epc,
            any(tag_gtin) AS ghost_gtin,
            argMax(tag_place, tag_last) AS place,
            sum(tag_reads) AS reads,
            min(tag_first) AS first_at,
            max(tag_last) AS last_at,
            max(tag_rssi) AS max_rssi_dbm
        FROM (SELECT *, identity_of(tag) AS identity FROM tags)
        WHERE identity NOT IN (SELECT epc FROM current_items)
        GROUP BY ghost_epc
    )
SELECT
    ghost_epc AS epc, ghost_gtin AS gtin, place.1 AS location_id, place.2 AS reader_id, place.3 AS zone_id,
    zones.zone_kind AS zone_kind, reads, first_at, last_at, max_rssi_dbm,
    product.name AS name, product.sku AS sku, product.category AS category, toString(product.price) AS price,
    product.currency AS currency, 1 AS is_known,
    count() OVER () AS total_lines,
    count() OVER () AS total_units,
    sumMap(map(product.currency, ifNull(product.price, 0))) OVER () AS total_value
FROM ghosts
INNER JOIN (SELECT * FROM products FINAL WHERE is_deleted = 0) AS product ON product.gtin = ghost_gtin
LEFT JOIN location_zones AS zones ON zones.location_id = place.1 AND zones.zone_id = place.3
ORDER BY product.price DESC NULLS LAST, last_at DESC, epc
LIMIT {page_rows:UInt32} OFFSET {page_offset:UInt32}
