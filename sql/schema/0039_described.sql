-- As 0036, of the views that came with 0035.

ALTER TABLE stock_changes
    COMMENT COLUMN IF EXISTS location_id 'Where: a location of locations',
    COMMENT COLUMN IF EXISTS gtin 'Product, a GTIN of 14 digits as a number';

ALTER TABLE stock_runs
    COMMENT COLUMN IF EXISTS location_id 'Where: a location of locations',
    COMMENT COLUMN IF EXISTS gtin 'Product, a GTIN of 14 digits as a number';
