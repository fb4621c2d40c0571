-- Question: What did shoppers ask for in stores that had none?
-- Area:     orders
-- Note:     Saved: an order for another place came of it.
SELECT product.name AS product, misses.gtin AS gtin, misses.asked AS asked, misses.saved AS saved, round(misses.saved / misses.asked, 4) AS saved_share
FROM (SELECT gtin, count() AS asked, countIf(is_saved = 1) AS saved FROM all_misses GROUP BY gtin) AS misses
LEFT JOIN (SELECT gtin, name FROM products FINAL) AS product ON product.gtin = misses.gtin
ORDER BY asked DESC
LIMIT 50
