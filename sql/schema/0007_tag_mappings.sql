-- Tags that name no product by themselves (foreign codes, tags of assets) and the product that people say they are on; and how
-- many raw reads wait until somebody does, or until their product is in the product list.

CREATE TABLE IF NOT EXISTS tag_mappings
(
    identity   String COMMENT 'Key of the tag, as in items.epc: upper-case hex of its code word, where it is decodable of the shortest one with filter 0',
    code_words Array(String) COMMENT 'All hex texts under which a reader may report it: itself, and where it is decodable those of other filters and lengths',
    gtin       UInt64 COMMENT 'GTIN-14 of its product as a number',
    note       String COMMENT 'Why, in the words of who mapped it',
    is_deleted UInt8 DEFAULT 0,
    version    UInt64 COMMENT 'Unix microseconds of the change; the newest of a tag holds'
)
ENGINE = ReplacingMergeTree(version) ORDER BY identity
COMMENT 'Foreign tags and the product each is on, one row a tag';

ALTER TABLE read_batches ADD COLUMN IF NOT EXISTS no_product UInt32 DEFAULT 0
    COMMENT 'How many of these reads name no product: they wait for a tag mapping';
ALTER TABLE read_batches ADD COLUMN IF NOT EXISTS unknown_product UInt32 DEFAULT 0
    COMMENT 'How many of these reads name a product that was not in the product list: they wait for it';
ALTER TABLE read_batches COMMENT COLUMN IF EXISTS verdict
    'accepted, waiting (no zone yet), too_old, in_future, no_product (the tag names none) or unknown_product (not in the product list yet): what the item tracker made of it';
