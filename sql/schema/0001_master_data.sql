-- What the server owns: locations, products, readers, keys and who changed what.
-- Each table keeps every version of a row; the newest `version` (Unix microseconds) is the row. Read them with FINAL.

CREATE TABLE IF NOT EXISTS locations
(
    location_id   LowCardinality(String) COMMENT 'Id of a store or warehouse, as in MQTT topics',
    name          String COMMENT 'Name for people',
    kind          LowCardinality(String) COMMENT 'store or warehouse',
    latitude      Nullable(Float64) COMMENT 'WGS 84 degrees',
    longitude     Nullable(Float64) COMMENT 'WGS 84 degrees',
    address       String COMMENT 'Postal address, one line',
    opening_hours String COMMENT 'OpenStreetMap opening_hours syntax',
    time_zone     LowCardinality(String) COMMENT 'IANA time zone',
    currency      LowCardinality(String) COMMENT 'ISO 4217 code',
    zones         String COMMENT 'JSON array of {zoneId, name, kind}',
    is_deleted    UInt8 DEFAULT 0,
    version       UInt64 COMMENT 'Unix microseconds of the change'
)
ENGINE = ReplacingMergeTree(version) ORDER BY location_id
COMMENT 'Stores and warehouses, with their zones';

CREATE TABLE IF NOT EXISTS products
(
    gtin       UInt64 COMMENT 'GTIN-14 as a number',
    sku        String COMMENT 'The retailer''s own code',
    name       String,
    category   LowCardinality(String),
    kind       LowCardinality(String) COMMENT 'merchandise or non_merchandise (postage, fees, vouchers)',
    price      Nullable(Decimal(18, 6)) COMMENT 'List price per unit',
    cost       Nullable(Decimal(18, 6)) COMMENT 'Cost per unit',
    currency   LowCardinality(String) COMMENT 'ISO 4217 code',
    is_tagged  UInt8 COMMENT '1 when units carry RFID tags',
    is_deleted UInt8 DEFAULT 0,
    version    UInt64 COMMENT 'Unix microseconds of the change'
)
ENGINE = ReplacingMergeTree(version) ORDER BY gtin
COMMENT 'Trade items, one row a GTIN';

CREATE TABLE IF NOT EXISTS product_codes
(
    source  LowCardinality(String) COMMENT 'Where the code comes from, for example an imported file''s name for itself',
    code    String COMMENT 'The code there',
    gtin    UInt64 COMMENT 'The GTIN it stands for; prefix 2 (restricted circulation) where the code has none of its own',
    version UInt64
)
ENGINE = ReplacingMergeTree(version) ORDER BY (source, code)
COMMENT 'Codes without a GTIN and the GTIN each was given, so that it stays the same for ever';

CREATE TABLE IF NOT EXISTS readers
(
    location_id     LowCardinality(String),
    reader_id       String COMMENT 'Id of the reader, as in MQTT topics',
    name            String,
    default_zone_id String COMMENT 'Zone of reads without a mapped antenna; empty = none',
    antennas        String COMMENT 'JSON object: antenna number to zone id',
    is_deleted      UInt8 DEFAULT 0,
    version         UInt64
)
ENGINE = ReplacingMergeTree(version) ORDER BY (location_id, reader_id)
COMMENT 'RFID readers and the zones their antennas look at';

CREATE TABLE IF NOT EXISTS api_keys
(
    key_id      String COMMENT 'Public part; the MQTT user name of a device',
    role        LowCardinality(String) COMMENT 'device, storefront, store, merchandiser, analyst or admin',
    location_id String COMMENT 'The one location a device key may speak for; empty = all',
    name        String COMMENT 'What a person called it',
    hash        String COMMENT 'PBKDF2-SHA512 of the secret in Mosquitto''s form; the secret itself is stored nowhere',
    origins     Array(String) COMMENT 'Web origins a publishable key may be used from; empty = server side only',
    created_at  DateTime64(3, 'UTC'),
    revoked_at  Nullable(DateTime64(3, 'UTC')),
    version     UInt64
)
ENGINE = ReplacingMergeTree(version) ORDER BY key_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
COMMENT 'Credentials, hashed';

CREATE TABLE IF NOT EXISTS audit_log
(
    at      DateTime64(3, 'UTC'),
    actor   String COMMENT 'Key id of who did it',
    action  LowCardinality(String) COMMENT 'What was done, for example reader.assign',
    subject String COMMENT 'What it was done to',
    detail  String COMMENT 'JSON of the new values; never a secret'
)
ENGINE = MergeTree ORDER BY at
COMMENT 'Every change by a person';
