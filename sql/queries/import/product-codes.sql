-- Question:   Which GTIN does each code of a source stand for?
-- Grain:      one row a code
-- Parameters: source
-- Freshness:  the instant of the query
-- Cost:       the codes of the source
SELECT code, gtin
FROM product_codes FINAL
WHERE source = {source:String}
