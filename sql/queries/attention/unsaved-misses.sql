-- Question:   Which sales were missed in a store since then, and not saved by an order for another place?
-- Grain:      one row a store and currency; a product without a price counts and adds no money
-- Parameters: since
-- Freshness:  what is committed
-- Cost:       the last change of each miss, and the products of those that are open
SELECT
    miss.location_id AS location_id,
    product.currency AS currency,
    count() AS misses,
    sum(miss.quantity) AS units,
    toString(sum(miss.quantity * ifNull(product.price, 0))) AS amount,
    min(miss.created_at) AS since
FROM misses AS miss
LEFT JOIN (SELECT * FROM products FINAL WHERE is_deleted = 0) AS product ON product.gtin = miss.gtin
WHERE miss.created_at >= {since:DateTime64(3, 'UTC')} AND miss.is_saved = 0
GROUP BY location_id, currency
ORDER BY location_id, currency
