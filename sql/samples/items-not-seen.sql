-- Question: Which items are believed to be there and have not been seen for a week?
-- Area:     stock
-- Note:     Tagged units alone. Somebody should look for them.
SELECT item.location_id AS location_id, product.name AS product, item.gtin AS gtin, item.epc AS epc, item.zone_id AS zone_id, item.last_seen_at AS last_seen_at
FROM current_items AS item
LEFT JOIN (SELECT gtin, name FROM products FINAL) AS product ON product.gtin = item.gtin
WHERE item.status = 'present' AND item.last_seen_at < now() - INTERVAL 7 DAY
ORDER BY last_seen_at
LIMIT 200
