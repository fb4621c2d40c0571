-- Shops on other platforms that tell Onhand of their orders and stock.

CREATE TABLE IF NOT EXISTS connectors
(
    connector_id    String,
    settings        String COMMENT 'JSON: kind, name, channel, notificationUrl, locations, fulfilFrom, deliveries, since, inventoryIs',
    secret          String COMMENT 'What the platform signs with; encrypted with WEBHOOKS_KEY where that is set (enc:…), else as it is (plain:…)',
    created_at      DateTime64(3, 'UTC'),
    is_deleted      UInt8,
    version         UInt64 COMMENT 'Unix microseconds of the change'
)
ENGINE = ReplacingMergeTree(version) ORDER BY connector_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'Connected shops; the newest version of a row is the row';

-- Append only, as return_log: one row for each change of a message, with the whole of it after the change.
CREATE TABLE IF NOT EXISTS connector_log
(
    ordinal         UInt64 COMMENT 'Order of the changes of all messages, rising by one, without holes' CODEC(Delta(8), ZSTD(1)),
    epoch           UInt64 COMMENT 'Of the writer that decided; a higher one has taken over from a lower one',
    kind            String COMMENT 'Status of the message: waiting, done, ignored, stale, held, discarded; started: a writer began',
    decided_at      DateTime64(3, 'UTC') COMMENT 'When it was decided, by the deciding server''s clock',
    document_id     String COMMENT '{connector}:{message}; empty for started',
    origin_id       String COMMENT '{connector}:{subject}, such as shop:order:1042; messages of one are taken one after the other',
    is_open         UInt8 COMMENT '1 while it waits to be taken',
    idempotency_key String COMMENT 'Always empty',
    document        String COMMENT 'JSON of the message after the change, as the API gives it. Nothing of a person is in it' CODEC(ZSTD(1)),
    details         String COMMENT 'Always {}' CODEC(ZSTD(1)),
    recorded_at     DateTime64(3, 'UTC') COMMENT 'When it was committed here; the same for all rows of a group'
)
ENGINE = MergeTree
ORDER BY ordinal
TTL toDateTime(decided_at) + INTERVAL 400 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
         non_replicated_deduplication_window = 1000, merge_selector_base = 20
COMMENT 'Every message of a connected shop, and what became of it: one INSERT is one group commit';

ALTER TABLE connector_log ADD INDEX IF NOT EXISTS document_id_bloom document_id TYPE bloom_filter(0.001) GRANULARITY 1;
ALTER TABLE connector_log ADD INDEX IF NOT EXISTS origin_id_bloom origin_id TYPE bloom_filter(0.001) GRANULARITY 1;

CREATE VIEW IF NOT EXISTS connector_messages AS
SELECT
    document_id,
    JSONExtractString(message, 'connectorId') AS connector_id,
    JSONExtractString(message, 'messageId') AS message_id,
    JSONExtractString(message, 'topic') AS topic,
    JSONExtractString(message, 'subject') AS subject,
    status,
    JSONExtractString(message, 'code') AS code,
    parseDateTime64BestEffort(JSONExtractString(message, 'receivedAt'), 3, 'UTC') AS received_at,
    first_ordinal,
    message
FROM
(
    SELECT
        document_id, argMax(log.document, log.ordinal) AS message, argMax(log.kind, log.ordinal) AS status,
        min(log.ordinal) AS first_ordinal
    FROM connector_log AS log
    WHERE document_id != ''
    GROUP BY document_id
)
COMMENT 'Each message of a connected shop by its last change';

-- A book that comes line by line: the newest line of a code at a location counts, whatever came last.
CREATE TABLE IF NOT EXISTS erp_live_lines
(
    source      LowCardinality(String) COMMENT 'The connector',
    location_id LowCardinality(String),
    code        String COMMENT 'The code there',
    gtin        UInt64 COMMENT '0 where no product has the code',
    quantity    Int64 COMMENT 'Units by the book',
    as_of       DateTime64(3, 'UTC') COMMENT 'When this was true by the book',
    version     UInt64 COMMENT 'Unix microseconds of as_of, times 2; plus 1 where the code has a product'
)
ENGINE = ReplacingMergeTree(version) ORDER BY (source, location_id, code)
TTL toDateTime(as_of) + INTERVAL 400 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'Lines of books that other systems tell one by one. They move no stock';
