-- How sure it is that the items of each position are there, as ingest sums it up from looks and silence. A cache: ingest
-- writes what has changed, and everything again after its start; the server reads what is new every few seconds.
CREATE TABLE IF NOT EXISTS item_odds
(
    location_id  LowCardinality(String),
    gtin         UInt64 COMMENT '0 = no product: the location was summed up at that version',
    levels       Array(UInt8) COMMENT 'Presence levels of its sellable items: P = 1 / (1 + exp(6 - level / 4)); empty = no items',
    counts       Array(UInt32) COMMENT 'How many of its items have each level',
    unidentified Int32 COMMENT 'Sellable units on the book beside these items; below 0 = owed sales',
    version      UInt64 COMMENT 'Unix microseconds by the clock of ingest; the newest of a position holds'
)
ENGINE = ReplacingMergeTree(version) ORDER BY (location_id, gtin)
COMMENT 'Probabilities of presence of the items of each position';

ALTER TABLE item_odds ADD INDEX IF NOT EXISTS version_range version TYPE minmax GRANULARITY 1;
