-- What is told to the world of stock, and what the world's books say of it.

CREATE TABLE IF NOT EXISTS feed_settings
(
    settings   String COMMENT 'JSON: channel, probability, locations with their store codes, pickup; whole' CODEC(ZSTD(1)),
    changed_at DateTime64(3, 'UTC') COMMENT 'When it was changed',
    changed_by String COMMENT 'Key id of who did it',
    version    UInt64 COMMENT 'Unix microseconds of the change; the newest holds, the others are its history'
)
ENGINE = MergeTree ORDER BY version
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'Settings of the local inventory feed: every version';

-- The row of a run is written last: rows whose run is not `sent` were told to nobody for certain.
CREATE TABLE IF NOT EXISTS feed_runs
(
    feed        LowCardinality(String) COMMENT 'google-local-inventory, or stock/ and the channel',
    run         UInt64 COMMENT 'Unix microseconds of the start; names the run',
    kind        LowCardinality(String) COMMENT 'full or delta',
    since_run   UInt64 COMMENT 'Of a delta: what was told through this run is what it differs from; 0 = of all that was told',
    state       LowCardinality(String) COMMENT 'sent (read to its end) or broken (the reader left, or it failed)',
    channel     String COMMENT 'For which channel the units were counted',
    settings    String COMMENT 'JSON of the settings that were in force' CODEC(ZSTD(1)),
    header      String COMMENT 'First line of the text',
    asked_by    String COMMENT 'Key id of who fetched it',
    server_id   String COMMENT 'The server that made it',
    revision    UInt64 COMMENT 'Revision of that server''s positions at the start',
    started_at  DateTime64(3, 'UTC'),
    finished_at DateTime64(3, 'UTC'),
    rows        UInt64 COMMENT 'Rows sent, without the header',
    left_out    UInt64 COMMENT 'Rows that failed the lint and were not sent',
    findings    String COMMENT 'JSON: the first findings of the lint' CODEC(ZSTD(1)),
    bytes       UInt64 COMMENT 'Length of the text in UTF-8',
    sha256      String COMMENT 'Hash of the whole text, hexadecimal'
)
ENGINE = MergeTree ORDER BY (feed, run)
TTL toDateTime(started_at) + INTERVAL 400 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'Which feed was fetched when, by whom, and what of it';

CREATE TABLE IF NOT EXISTS feed_rows
(
    feed        LowCardinality(String),
    run         UInt64 COMMENT 'The run that told it',
    gtin        UInt64,
    location_id LowCardinality(String) COMMENT 'Empty where a row is of all locations',
    text        String COMMENT 'The row as it was sent, without its line end' CODEC(ZSTD(1)),
    sent_at     DateTime64(3, 'UTC') COMMENT 'Start of the run'
)
ENGINE = MergeTree ORDER BY (feed, run, gtin, location_id)
TTL toDateTime(sent_at) + INTERVAL 35 DAY
COMMENT 'The rows of every run, so that its text can be read again and a delta knows what was told';

CREATE TABLE IF NOT EXISTS feed_audits
(
    audit_id    String,
    location_id LowCardinality(String),
    seed        UInt64 COMMENT 'What the products were drawn with: the same seed draws the same ones from the same run',
    run         UInt64 COMMENT 'The last run of the feed whose claims are checked',
    created_at  DateTime64(3, 'UTC'),
    created_by  String COMMENT 'Key id',
    rows        String COMMENT 'JSON: what the feed claims of each product, and what was found' CODEC(ZSTD(1)),
    pass_share  Float64 COMMENT 'Share of right rows from which it passes, 0 to 1',
    version     UInt64 COMMENT 'Unix microseconds of the change; the newest is the audit'
)
ENGINE = ReplacingMergeTree(version) ORDER BY audit_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'Rehearsals of the audit of the local inventory feed against the shelf; read with FINAL';

-- The row of a book is written last: without it the lines of an import that broke off are no book.
CREATE TABLE IF NOT EXISTS erp_books
(
    source      LowCardinality(String) COMMENT 'The system''s name for itself',
    location_id LowCardinality(String),
    book        UInt64 COMMENT 'Unix microseconds of the import; the newest of a source and location is its book',
    as_of_first DateTime64(3, 'UTC') COMMENT 'The earliest time for which a line says it was true',
    as_of_last  DateTime64(3, 'UTC') COMMENT 'The latest',
    lines       UInt64,
    unmatched   UInt64 COMMENT 'Lines whose code no product has'
)
ENGINE = MergeTree ORDER BY (source, location_id, book)
TTL toDateTime(as_of_last) + INTERVAL 400 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'Books of other systems that were imported whole. They move no stock';

CREATE TABLE IF NOT EXISTS erp_book_lines
(
    source      LowCardinality(String),
    location_id LowCardinality(String),
    book        UInt64,
    gtin        UInt64 COMMENT '0 where no product has the code',
    code        String COMMENT 'The code in the book; empty where it gave a GTIN alone',
    quantity    Int64 COMMENT 'Units on hand by the book',
    as_of       DateTime64(3, 'UTC') COMMENT 'When this was true by the book'
)
ENGINE = MergeTree ORDER BY (source, location_id, book, gtin, code)
TTL toDateTime(as_of) + INTERVAL 400 DAY
COMMENT 'Lines of the books';
