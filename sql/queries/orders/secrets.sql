-- Question:   Which secrets are there of a name?
-- Grain:      one row a secret, the oldest first: it is the one in use
-- Parameters: name
-- Freshness:  what is committed
-- Cost:       a table of a few rows
SELECT secret FROM order_secrets WHERE name = {name:String} ORDER BY created_at, secret LIMIT 10
