-- Customers and offers. Append only: one row for each thing that happened to a record (a customerId), all rows of one command
-- in one INSERT of one block. Two things delete rows: erasing a person, and nothing else. Orders, reservations and offers name
-- customers by their opaque id alone, so what a person is known by stands nowhere but here and in the imported customers.

CREATE TABLE IF NOT EXISTS customer_events
(
    customer_id       String COMMENT 'The record that the row is about',
    ordinal           UInt64 COMMENT 'Order of the rows of a record: Unix microseconds, rising',
    kind              LowCardinality(String) COMMENT 'created, identified, merged, unmerged, moved, consented, contacted or erased',
    person_id         String COMMENT 'The person of the record after this row: the customerId of its oldest record',
    identifier_kind   LowCardinality(String) COMMENT 'identified: loyalty, account, email_hash or external; else empty',
    identifier_source LowCardinality(String) COMMENT 'identified: the programme or system whose identifier it is; empty for the company''s own',
    identifier        String COMMENT 'identified: the identifier; of e-mail addresses the SHA-256',
    merge_id          String COMMENT 'merged, unmerged: which merge. The row stands at both of its records',
    other_id          String COMMENT 'merged: the other record',
    detail            String COMMENT 'JSON of what else there is: cause and note of a merge, a consent, an encrypted contact' CODEC(ZSTD(1)),
    at                DateTime64(3, 'UTC') COMMENT 'When it happened',
    actor             String COMMENT 'Key id of who did it',
    recorded_at       DateTime64(3, 'UTC') COMMENT 'When it was committed here'
)
ENGINE = MergeTree ORDER BY (customer_id, ordinal)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
         non_replicated_deduplication_window = 1000, old_parts_lifetime = 1
COMMENT 'What happened to customers. What is deleted leaves the disk within a minute (old_parts_lifetime)';

-- To find the record of an identifier, and all records of a person.
ALTER TABLE customer_events ADD INDEX IF NOT EXISTS identifier_bloom identifier TYPE bloom_filter(0.001) GRANULARITY 1;
ALTER TABLE customer_events ADD INDEX IF NOT EXISTS person_id_bloom person_id TYPE bloom_filter(0.001) GRANULARITY 1;

-- Each record with its person. An erased one stays, opaque, so that every figure stays: it leads to nobody.
CREATE VIEW IF NOT EXISTS customer_persons AS
SELECT
    customer_id,
    argMax(person_id, ordinal) AS person_id,
    min(recorded_at) AS created_at,
    countIf(kind = 'erased') > 0 AS is_erased
FROM customer_events
GROUP BY customer_id;

-- Each identifier with the record that it was given to first, and the person it leads to now.
CREATE VIEW IF NOT EXISTS customer_identities AS
SELECT
    identities.identifier_kind AS identifier_kind,
    identities.identifier_source AS identifier_source,
    identities.identifier AS identifier,
    identities.customer_id AS customer_id,
    customer_persons.person_id AS person_id
FROM
(
    SELECT identifier_kind, identifier_source, identifier, argMin(customer_id, ordinal) AS customer_id
    FROM customer_events
    WHERE kind = 'identified'
    GROUP BY identifier_kind, identifier_source, identifier
) AS identities
INNER JOIN customer_persons ON customer_persons.customer_id = identities.customer_id
WHERE NOT customer_persons.is_erased;

-- What orders name, live and imported, with the person it leads to. A live order names a record (source ''), an imported line the
-- customer of its source; one of whom nobody said more is not here and is a person of its own.
CREATE VIEW IF NOT EXISTS customer_keys AS
SELECT '' AS source, customer_id, person_id
FROM customer_persons
UNION ALL
SELECT identifier_source AS source, identifier AS customer_id, person_id
FROM customer_identities
WHERE identifier_kind = 'external';

-- The persons that are known now, each once.
CREATE VIEW IF NOT EXISTS customers_now AS
SELECT person_id, count() AS records, min(created_at) AS created_at
FROM customer_persons
WHERE NOT is_erased
GROUP BY person_id;

CREATE TABLE IF NOT EXISTS offers
(
    offer_id        String,
    label           String COMMENT 'What the offer is, for people',
    channel         LowCardinality(String) COMMENT 'Where it is issued, unless an issue says otherwise',
    is_open         UInt8 COMMENT '1 = anybody may redeem it; 0 = only who it was issued to',
    valid_from      DateTime64(3, 'UTC'),
    valid_until     Nullable(DateTime64(3, 'UTC')) COMMENT 'It ends at this instant; null = it does not',
    max_redemptions Nullable(UInt32) COMMENT 'Of all persons and channels together; null = no limit',
    changed_at      DateTime64(3, 'UTC'),
    changed_by      String COMMENT 'Key id of who did it',
    version         UInt64 COMMENT 'Unix microseconds of the change; the newest of an offer holds, the others are its history'
)
ENGINE = MergeTree ORDER BY (offer_id, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'Offers with their conditions: every version';

CREATE TABLE IF NOT EXISTS offer_events
(
    offer_id          String,
    ordinal           UInt64 COMMENT 'Order of the rows of an offer: Unix microseconds, rising',
    kind              LowCardinality(String) COMMENT 'issued or redeemed',
    event_id          String COMMENT 'Id of the issue or the redemption, given by who asked: a repeat changes nothing',
    issue_id          String COMMENT 'redeemed: the issue that it uses up; empty for an open offer',
    code              String COMMENT 'issued: what the shopper shows; empty for a customer''s own',
    customer_id       String COMMENT 'Opaque; empty when nobody is named',
    issuing_channel   LowCardinality(String) COMMENT 'Where it was issued',
    redeeming_channel LowCardinality(String) COMMENT 'redeemed: where; empty for an issue',
    order_id          String COMMENT 'redeemed: the order; empty for none',
    at                DateTime64(3, 'UTC'),
    actor             String COMMENT 'Key id of who did it'
)
ENGINE = MergeTree ORDER BY (offer_id, ordinal)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,
         non_replicated_deduplication_window = 1000
COMMENT 'Offers that were issued and redeemed';

-- Redemptions by where they were issued and where redeemed.
CREATE VIEW IF NOT EXISTS offer_channels AS
SELECT offer_id, issuing_channel, redeeming_channel, count() AS redemptions
FROM offer_events
WHERE kind = 'redeemed'
GROUP BY offer_id, issuing_channel, redeeming_channel;
