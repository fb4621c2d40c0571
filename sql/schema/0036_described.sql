-- What tables and columns are that were made without saying it: shown by every tool that lists columns, and in docs/data-model.md, which
-- is made of these words. A test lets no table, view or column be without. IF EXISTS: a view may have been made anew with other columns.

ALTER TABLE all_order_fulfilments
    MODIFY COMMENT 'What locations fulfilled of orders, live and of the past; all_fulfilments has the waits beside the times',
    COMMENT COLUMN IF EXISTS source 'Name of the system or file that it comes from',
    COMMENT COLUMN IF EXISTS order_id 'Of the order; with source it is known over all systems',
    COMMENT COLUMN IF EXISTS fulfilment_id 'Within its order: what one location fulfils in one way',
    COMMENT COLUMN IF EXISTS channel 'Where it was placed: store, web, app, phone, social, kiosk, marketplace, …',
    COMMENT COLUMN IF EXISTS customer_id 'Record of the customer, opaque, as in customer_persons; empty for a guest',
    COMMENT COLUMN IF EXISTS placed_at 'When the order was placed',
    COMMENT COLUMN IF EXISTS location_id 'Who fulfils it',
    COMMENT COLUMN IF EXISTS method 'How it is fulfilled: carry_out, pickup, curbside, ship_from_store, ship_from_warehouse or delivery',
    COMMENT COLUMN IF EXISTS status 'The last state that it reached',
    COMMENT COLUMN IF EXISTS promised_ready_at 'Ready by then was promised; null = nothing was',
    COMMENT COLUMN IF EXISTS hold_until 'Ready goods are kept until then; null = none are',
    COMMENT COLUMN IF EXISTS allocated_at 'When the units were held at this location',
    COMMENT COLUMN IF EXISTS sent_to_store_at 'When its task was made',
    COMMENT COLUMN IF EXISTS accepted_at 'When staff took it up',
    COMMENT COLUMN IF EXISTS picking_at 'When picking began',
    COMMENT COLUMN IF EXISTS ready_at 'When all that was found lay ready',
    COMMENT COLUMN IF EXISTS arrived_at 'When the customer said that they were there',
    COMMENT COLUMN IF EXISTS collected_at 'When it was in the customer''s hands',
    COMMENT COLUMN IF EXISTS shipped_at 'When a carrier had it',
    COMMENT COLUMN IF EXISTS delivered_at 'When the carrier handed it over',
    COMMENT COLUMN IF EXISTS short_at 'When nothing of it was to be found',
    COMMENT COLUMN IF EXISTS cancelled_at 'When all of it was cancelled, by whomever',
    COMMENT COLUMN IF EXISTS no_show_at 'When the hold ended uncollected',
    COMMENT COLUMN IF EXISTS origin 'live: happened here; history: was told';

ALTER TABLE all_order_steps
    MODIFY COMMENT 'Steps of orders, live and of the past: who did what, when, and why',
    COMMENT COLUMN IF EXISTS order_id 'Of the order; with source it is known over all systems',
    COMMENT COLUMN IF EXISTS channel 'Where it was placed: store, web, app, phone, social, kiosk, marketplace, …',
    COMMENT COLUMN IF EXISTS step_no 'Number of the step within its order, from 1, in the order of time',
    COMMENT COLUMN IF EXISTS kind 'What was done: placed, allocated, accepted, picked, ready, collected, …',
    COMMENT COLUMN IF EXISTS at 'When it happened',
    COMMENT COLUMN IF EXISTS actor_kind 'Who did it: customer, staff, device or system',
    COMMENT COLUMN IF EXISTS actor_id 'Key id or name of who did it; empty for none',
    COMMENT COLUMN IF EXISTS fulfilment_id 'Within its order: what one location fulfils in one way',
    COMMENT COLUMN IF EXISTS quantity 'Units that it concerns; 0 for none',
    COMMENT COLUMN IF EXISTS cause 'Why something was cancelled or is missing; empty for none',
    COMMENT COLUMN IF EXISTS origin 'live: happened here; history: was told';

ALTER TABLE all_order_units
    MODIFY COMMENT 'Lines of orders that somebody had to fulfil, live and of the past, by what became of their units',
    COMMENT COLUMN IF EXISTS source 'Name of the system or file that it comes from',
    COMMENT COLUMN IF EXISTS order_id 'Of the order; with source it is known over all systems',
    COMMENT COLUMN IF EXISTS line_no 'Number of the line within its order, from 1',
    COMMENT COLUMN IF EXISTS fulfilment_id 'Within its order: what one location fulfils in one way',
    COMMENT COLUMN IF EXISTS channel 'Where it was placed: store, web, app, phone, social, kiosk, marketplace, …',
    COMMENT COLUMN IF EXISTS customer_id 'Record of the customer, opaque, as in customer_persons; empty for a guest',
    COMMENT COLUMN IF EXISTS placed_at 'When the order was placed',
    COMMENT COLUMN IF EXISTS status 'The last state that it reached',
    COMMENT COLUMN IF EXISTS method 'How it is fulfilled: carry_out, pickup, curbside, ship_from_store, ship_from_warehouse or delivery',
    COMMENT COLUMN IF EXISTS location_id 'Who fulfils it',
    COMMENT COLUMN IF EXISTS gtin 'Product, a GTIN of 14 digits as a number',
    COMMENT COLUMN IF EXISTS requested 'Units that were asked for',
    COMMENT COLUMN IF EXISTS quantity 'Units that were promised',
    COMMENT COLUMN IF EXISTS picked 'Units that were found and picked',
    COMMENT COLUMN IF EXISTS short 'Units that were not to be had when they were picked',
    COMMENT COLUMN IF EXISTS cancelled 'Units that were not wanted, or not collected',
    COMMENT COLUMN IF EXISTS handed_over 'Units that left with the customer or a carrier',
    COMMENT COLUMN IF EXISTS returned 'Units that came back of those',
    COMMENT COLUMN IF EXISTS unit_price 'Of one unit, before the discount, without tax where the source gives it so',
    COMMENT COLUMN IF EXISTS discount 'Of the whole line, positive',
    COMMENT COLUMN IF EXISTS currency 'ISO 4217; amounts of two are never added',
    COMMENT COLUMN IF EXISTS offer_id 'The offer that it was bought with, as in offers; empty for none',
    COMMENT COLUMN IF EXISTS is_substitute '1 = it came in place of another line',
    COMMENT COLUMN IF EXISTS promised_ready_at 'Ready by then was promised; null = nothing was',
    COMMENT COLUMN IF EXISTS origin 'live: happened here; history: was told';

ALTER TABLE all_orders
    MODIFY COMMENT 'Orders that somebody had to fulfil, live and of the past',
    COMMENT COLUMN IF EXISTS source 'Name of the system or file that it comes from',
    COMMENT COLUMN IF EXISTS order_id 'Of the order; with source it is known over all systems',
    COMMENT COLUMN IF EXISTS status 'The last state that it reached: placed, allocated, ready, collected, shipped, delivered, cancelled, …',
    COMMENT COLUMN IF EXISTS channel 'Where it was placed: store, web, app, phone, social, kiosk, marketplace, …',
    COMMENT COLUMN IF EXISTS customer_id 'Record of the customer, opaque, as in customer_persons; empty for a guest',
    COMMENT COLUMN IF EXISTS currency 'ISO 4217; amounts of two are never added',
    COMMENT COLUMN IF EXISTS origin_kind 'exchange or saved_sale, where it came from one; else empty',
    COMMENT COLUMN IF EXISTS origin_id 'Of the return or the miss that it came from; empty for none',
    COMMENT COLUMN IF EXISTS placed_at 'When the order was placed',
    COMMENT COLUMN IF EXISTS changed_at 'When it was changed last',
    COMMENT COLUMN IF EXISTS origin 'live: happened here; history: was told';

ALTER TABLE api_keys
    COMMENT COLUMN IF EXISTS created_at 'When the key was made',
    COMMENT COLUMN IF EXISTS revoked_at 'From then on it opens nothing; null = it is valid',
    COMMENT COLUMN IF EXISTS version 'Unix microseconds of the change; the newest wins';

ALTER TABLE audit_log
    COMMENT COLUMN IF EXISTS at 'When it was done';

ALTER TABLE connector_messages
    COMMENT COLUMN IF EXISTS document_id 'The message: {connector}:{message}',
    COMMENT COLUMN IF EXISTS connector_id 'Id of the connected shop, as in connectors',
    COMMENT COLUMN IF EXISTS message_id 'Id that the shop gave it',
    COMMENT COLUMN IF EXISTS topic 'What the shop calls its kind, such as orders/create',
    COMMENT COLUMN IF EXISTS subject 'What it is about in the shop, such as order:1042',
    COMMENT COLUMN IF EXISTS status 'waiting, done, ignored, stale, held or discarded',
    COMMENT COLUMN IF EXISTS code 'Why it is not done, as in docs/errors.md; empty for none',
    COMMENT COLUMN IF EXISTS received_at 'When the shop sent it',
    COMMENT COLUMN IF EXISTS first_ordinal 'Ordinal of the first change: the order in which they came',
    COMMENT COLUMN IF EXISTS message 'JSON of the message with what became of it';

ALTER TABLE connectors
    COMMENT COLUMN IF EXISTS connector_id 'Name of the shop, chosen by whoever connected it',
    COMMENT COLUMN IF EXISTS created_at 'When it was made',
    COMMENT COLUMN IF EXISTS is_deleted '1 = no longer connected';

ALTER TABLE current_items
    MODIFY COMMENT 'What is believed of each item now, from the newest snapshot and the events after it; reads less than items',
    COMMENT COLUMN IF EXISTS epc 'The tag of the item: upper-case hex of its whole code word',
    COMMENT COLUMN IF EXISTS gtin 'Product of the item',
    COMMENT COLUMN IF EXISTS location_id 'Where it is believed to be; the last place of what is gone',
    COMMENT COLUMN IF EXISTS zone_id 'Zone that it was seen in last; empty = in none that is known',
    COMMENT COLUMN IF EXISTS status 'What is believed of it: present, exiting, sold, left, missing or in_transit',
    COMMENT COLUMN IF EXISTS state 'Stock state of its unit',
    COMMENT COLUMN IF EXISTS first_seen_at 'When a reader saw it first',
    COMMENT COLUMN IF EXISTS last_seen_at 'When a reader saw it last, by the reader''s clock',
    COMMENT COLUMN IF EXISTS changed_at 'When something last happened to it; where that was before the newest snapshot, the time of that',
    COMMENT COLUMN IF EXISTS is_from_snapshot '1 = nothing happened to it since the newest snapshot';

ALTER TABLE customer_identities
    MODIFY COMMENT 'Each identifier with the record that it was given to first, and the person it leads to now',
    COMMENT COLUMN IF EXISTS identifier_kind 'loyalty, account, email_hash or external',
    COMMENT COLUMN IF EXISTS identifier_source 'The programme or system whose identifier it is; empty for the company''s own',
    COMMENT COLUMN IF EXISTS identifier 'The identifier; of e-mail addresses the SHA-256',
    COMMENT COLUMN IF EXISTS customer_id 'The record that it was given to first',
    COMMENT COLUMN IF EXISTS person_id 'One person across records and channels: the oldest record of all that merges join';

ALTER TABLE customer_keys
    MODIFY COMMENT 'What orders name as their customer, live and imported, with the person it leads to',
    COMMENT COLUMN IF EXISTS source 'Source of imported lines; empty for records that live orders name',
    COMMENT COLUMN IF EXISTS customer_id 'Customer as the order names it',
    COMMENT COLUMN IF EXISTS person_id 'One person across records and channels: the oldest record of all that merges join';

ALTER TABLE customer_persons
    MODIFY COMMENT 'Each record of a customer with its person, by opaque ids',
    COMMENT COLUMN IF EXISTS customer_id 'The record, opaque',
    COMMENT COLUMN IF EXISTS person_id 'One person across records and channels: the oldest record of all that merges join',
    COMMENT COLUMN IF EXISTS created_at 'When the record was made',
    COMMENT COLUMN IF EXISTS is_erased '1 = erased: it leads to nobody, and figures stay';

ALTER TABLE customers
    COMMENT COLUMN IF EXISTS source 'Name of the system or file',
    COMMENT COLUMN IF EXISTS customer_id 'As the source names the customer',
    COMMENT COLUMN IF EXISTS country 'As the source writes it; empty when unknown',
    COMMENT COLUMN IF EXISTS version 'Unix microseconds of the import; the newest wins';

ALTER TABLE customers_now
    MODIFY COMMENT 'The persons that are known now, each once',
    COMMENT COLUMN IF EXISTS person_id 'One person across records and channels: the oldest record of all that merges join',
    COMMENT COLUMN IF EXISTS records 'Records that are this person',
    COMMENT COLUMN IF EXISTS created_at 'When the oldest of them was made';

ALTER TABLE dead_letter_states
    MODIFY COMMENT 'Messages that could not be taken in, each once, with what was done about them',
    COMMENT COLUMN IF EXISTS dead_letter_id 'Hash of topic and bytes: the same message again is the same letter',
    COMMENT COLUMN IF EXISTS topic 'MQTT topic that it came on',
    COMMENT COLUMN IF EXISTS location_id 'From the topic',
    COMMENT COLUMN IF EXISTS source_id 'Reader, terminal or source from the topic',
    COMMENT COLUMN IF EXISTS kind 'rfid, pos or stock: the level of the topic before the last',
    COMMENT COLUMN IF EXISTS shape 'What the message looks like: the members of its first object, or that it is no JSON',
    COMMENT COLUMN IF EXISTS size_bytes 'Bytes of the message',
    COMMENT COLUMN IF EXISTS code 'Why it could not be taken in, as in docs/errors.md',
    COMMENT COLUMN IF EXISTS first_received_at 'When it came first',
    COMMENT COLUMN IF EXISTS last_received_at 'When it came last',
    COMMENT COLUMN IF EXISTS arrivals 'How often it came',
    COMMENT COLUMN IF EXISTS state 'open, replayed or discarded',
    COMMENT COLUMN IF EXISTS step_at 'When something was done about it last; 1970 for nothing',
    COMMENT COLUMN IF EXISTS step_actor 'Key id of who did it',
    COMMENT COLUMN IF EXISTS step_action 'replay, discard or reopen; empty for nothing',
    COMMENT COLUMN IF EXISTS step_status 'What a replay came to: accepted, duplicate, late, rejected or unknown',
    COMMENT COLUMN IF EXISTS step_code 'Why a replay was refused, as in docs/errors.md',
    COMMENT COLUMN IF EXISTS step_detail 'What became of it, or the person''s note',
    COMMENT COLUMN IF EXISTS step_job_id 'The replay of many that it belongs to; empty for one alone';

ALTER TABLE dead_letter_steps
    COMMENT COLUMN IF EXISTS at 'When it was done';

ALTER TABLE dead_letters
    COMMENT COLUMN IF EXISTS received_at 'When it came',
    COMMENT COLUMN IF EXISTS topic 'MQTT topic that it came on';

ALTER TABLE epcis_captures
    COMMENT COLUMN IF EXISTS created_at 'When the document came';

ALTER TABLE erp_book_lines
    COMMENT COLUMN IF EXISTS source 'Name of the other system',
    COMMENT COLUMN IF EXISTS location_id 'Whose stock it is',
    COMMENT COLUMN IF EXISTS book 'Which book: as in erp_books';

ALTER TABLE erp_books
    COMMENT COLUMN IF EXISTS location_id 'Whose book it is',
    COMMENT COLUMN IF EXISTS lines 'Rows of the book';

ALTER TABLE erp_live_lines
    COMMENT COLUMN IF EXISTS location_id 'Whose stock it is';

ALTER TABLE events
    COMMENT COLUMN IF EXISTS `movements.location_id` 'Where the stock of the movement stands',
    COMMENT COLUMN IF EXISTS `movements.sequence` 'Number of the movement within its location, from 1, without holes',
    COMMENT COLUMN IF EXISTS `movements.gtin` 'Product that moves',
    COMMENT COLUMN IF EXISTS `movements.state` 'Stock state that the units are in',
    COMMENT COLUMN IF EXISTS `movements.quantity` 'Units: positive came, negative went',
    COMMENT COLUMN IF EXISTS `movements.reason` 'Why: received, sold, returned, transferred_out, transferred_in, counted, found, missing, left, damaged, repaired, adjusted, state_changed or reversed',
    COMMENT COLUMN IF EXISTS `movements.epc` 'The tag of the item; empty where units are counted',
    COMMENT COLUMN IF EXISTS `movements.reservation_id` 'Hold that it was handed over for; empty for none',
    COMMENT COLUMN IF EXISTS `movements.order_id` 'Order that it was for; empty for none',
    COMMENT COLUMN IF EXISTS `items.epc` 'The tag of the item: upper-case hex of its whole code word',
    COMMENT COLUMN IF EXISTS `items.gtin` 'Product of the item',
    COMMENT COLUMN IF EXISTS `items.location_id` 'Where it is believed to be; the last place of what is gone',
    COMMENT COLUMN IF EXISTS `items.zone_id` 'Zone that it was seen in last; empty = in none that is known',
    COMMENT COLUMN IF EXISTS `items.status` 'What is believed of it: present, exiting, sold, left, missing or in_transit',
    COMMENT COLUMN IF EXISTS `items.state` 'Stock state of its unit',
    COMMENT COLUMN IF EXISTS `items.first_seen_at` 'When a reader saw it first',
    COMMENT COLUMN IF EXISTS `items.last_seen_at` 'When a reader saw it last, by the reader''s clock';

ALTER TABLE feed_audits
    COMMENT COLUMN IF EXISTS audit_id 'Of the comparison',
    COMMENT COLUMN IF EXISTS location_id 'Whose rows were compared',
    COMMENT COLUMN IF EXISTS created_at 'When it was made';

ALTER TABLE feed_rows
    COMMENT COLUMN IF EXISTS feed 'As in feed_runs',
    COMMENT COLUMN IF EXISTS gtin 'Product, a GTIN of 14 digits as a number';

ALTER TABLE feed_runs
    COMMENT COLUMN IF EXISTS started_at 'When the run began',
    COMMENT COLUMN IF EXISTS finished_at 'When it ended';

ALTER TABLE follow_cursors
    COMMENT COLUMN IF EXISTS written_at 'When it was written';

ALTER TABLE history_count_lines
    COMMENT COLUMN IF EXISTS source 'Name of the system or file that it comes from',
    COMMENT COLUMN IF EXISTS count_id 'One count of one location',
    COMMENT COLUMN IF EXISTS location_id 'What was counted',
    COMMENT COLUMN IF EXISTS gtin 'Product, a GTIN of 14 digits as a number',
    COMMENT COLUMN IF EXISTS counted_at 'When it was counted',
    COMMENT COLUMN IF EXISTS unit_cost 'Cost of one unit then';

ALTER TABLE history_fulfilments
    COMMENT COLUMN IF EXISTS source 'Name of the system or file that it comes from',
    COMMENT COLUMN IF EXISTS order_id 'Of the order; with source it is known over all systems',
    COMMENT COLUMN IF EXISTS channel 'Where it was placed: store, web, app, phone, social, kiosk, marketplace, …',
    COMMENT COLUMN IF EXISTS placed_at 'When the order was placed',
    COMMENT COLUMN IF EXISTS location_id 'Who fulfilled it',
    COMMENT COLUMN IF EXISTS promised_ready_at 'Ready by then was promised; null = nothing was',
    COMMENT COLUMN IF EXISTS hold_until 'Ready goods are kept until then; null = none are',
    COMMENT COLUMN IF EXISTS allocated_at 'When the units were held at this location',
    COMMENT COLUMN IF EXISTS sent_to_store_at 'When its task was made',
    COMMENT COLUMN IF EXISTS accepted_at 'When staff took it up',
    COMMENT COLUMN IF EXISTS picking_at 'When picking began',
    COMMENT COLUMN IF EXISTS ready_at 'When all that was found lay ready',
    COMMENT COLUMN IF EXISTS collected_at 'When it was in the customer''s hands',
    COMMENT COLUMN IF EXISTS shipped_at 'When a carrier had it',
    COMMENT COLUMN IF EXISTS delivered_at 'When the carrier handed it over',
    COMMENT COLUMN IF EXISTS cancelled_at 'When all of it was cancelled, by whomever';

ALTER TABLE history_misses
    COMMENT COLUMN IF EXISTS source 'Name of the system or file that it comes from',
    COMMENT COLUMN IF EXISTS miss_id 'One shopper who wanted one product and could not have it',
    COMMENT COLUMN IF EXISTS gtin 'Product, a GTIN of 14 digits as a number',
    COMMENT COLUMN IF EXISTS at 'When it was missed';

ALTER TABLE history_order_steps
    COMMENT COLUMN IF EXISTS source 'Name of the system or file that it comes from',
    COMMENT COLUMN IF EXISTS order_id 'Of the order; with source it is known over all systems',
    COMMENT COLUMN IF EXISTS channel 'Where it was placed: store, web, app, phone, social, kiosk, marketplace, …',
    COMMENT COLUMN IF EXISTS at 'When it was done',
    COMMENT COLUMN IF EXISTS actor_id 'Key id or name of who did it; empty for none',
    COMMENT COLUMN IF EXISTS quantity 'Units that it concerns; 0 for none';

ALTER TABLE history_order_units
    COMMENT COLUMN IF EXISTS source 'Name of the system or file that it comes from',
    COMMENT COLUMN IF EXISTS order_id 'Of the order; with source it is known over all systems',
    COMMENT COLUMN IF EXISTS fulfilment_id 'Within its order: what one location fulfils in one way',
    COMMENT COLUMN IF EXISTS channel 'Where it was placed: store, web, app, phone, social, kiosk, marketplace, …',
    COMMENT COLUMN IF EXISTS placed_at 'When the order was placed',
    COMMENT COLUMN IF EXISTS status 'Last state of its fulfilment',
    COMMENT COLUMN IF EXISTS method 'How it is fulfilled: carry_out, pickup, curbside, ship_from_store, ship_from_warehouse or delivery',
    COMMENT COLUMN IF EXISTS location_id 'Who fulfilled it',
    COMMENT COLUMN IF EXISTS gtin 'Product, a GTIN of 14 digits as a number',
    COMMENT COLUMN IF EXISTS requested 'Units that were asked for',
    COMMENT COLUMN IF EXISTS picked 'Units that were found and picked',
    COMMENT COLUMN IF EXISTS currency 'ISO 4217; amounts of two are never added',
    COMMENT COLUMN IF EXISTS offer_id 'The offer that it was bought with, as in offers; empty for none',
    COMMENT COLUMN IF EXISTS promised_ready_at 'Ready by then was promised; null = nothing was';

ALTER TABLE history_orders
    COMMENT COLUMN IF EXISTS order_id 'As its source names it',
    COMMENT COLUMN IF EXISTS currency 'ISO 4217; amounts of two are never added',
    COMMENT COLUMN IF EXISTS placed_at 'When the order was placed';

ALTER TABLE history_returns
    COMMENT COLUMN IF EXISTS source 'Name of the system or file that it comes from',
    COMMENT COLUMN IF EXISTS return_id 'What was brought back, one line of it',
    COMMENT COLUMN IF EXISTS gtin 'Product, a GTIN of 14 digits as a number',
    COMMENT COLUMN IF EXISTS quantity 'Units that came back',
    COMMENT COLUMN IF EXISTS returned_at 'When they came back';

ALTER TABLE history_stock_days
    COMMENT COLUMN IF EXISTS source 'Name of the system or file that it comes from',
    COMMENT COLUMN IF EXISTS location_id 'Where: a location of locations',
    COMMENT COLUMN IF EXISTS gtin 'Product, a GTIN of 14 digits as a number';

ALTER TABLE item_history
    MODIFY COMMENT 'What was believed of each item after each event that changed it',
    COMMENT COLUMN IF EXISTS epc 'The tag of the item: upper-case hex of its whole code word',
    COMMENT COLUMN IF EXISTS gtin 'Product of the item',
    COMMENT COLUMN IF EXISTS location_id 'Where it is believed to be; the last place of what is gone',
    COMMENT COLUMN IF EXISTS zone_id 'Zone that it was seen in last; empty = in none that is known',
    COMMENT COLUMN IF EXISTS status 'What is believed of it: present, exiting, sold, left, missing or in_transit',
    COMMENT COLUMN IF EXISTS state 'Stock state of its unit',
    COMMENT COLUMN IF EXISTS first_seen_at 'When a reader saw it first',
    COMMENT COLUMN IF EXISTS last_seen_at 'When a reader saw it last, by the reader''s clock',
    COMMENT COLUMN IF EXISTS ordinal 'Which row of events it was made of; rises with commitment',
    COMMENT COLUMN IF EXISTS occurred_at 'When it happened, by the source''s clock',
    COMMENT COLUMN IF EXISTS recorded_at 'When it was committed here',
    COMMENT COLUMN IF EXISTS event_id 'Id of the event, the same when it is repeated',
    COMMENT COLUMN IF EXISTS event_type 'Kind of the event: sale, return, void, receipt, adjustment, position, item_seen, …',
    COMMENT COLUMN IF EXISTS source 'Topic after the location: rfid/{reader}, pos/{terminal}, stock/{source}';

ALTER TABLE item_odds
    COMMENT COLUMN IF EXISTS location_id 'Whose odds they are';

ALTER TABLE item_snapshots
    COMMENT COLUMN IF EXISTS snapshot_id 'As in snapshots',
    COMMENT COLUMN IF EXISTS epc 'The tag of the item: upper-case hex of its whole code word',
    COMMENT COLUMN IF EXISTS gtin 'Product of the item',
    COMMENT COLUMN IF EXISTS location_id 'Where it is believed to be; the last place of what is gone',
    COMMENT COLUMN IF EXISTS zone_id 'Zone that it was seen in last; empty = in none that is known',
    COMMENT COLUMN IF EXISTS status 'What is believed of it: present, exiting, sold, left, missing or in_transit',
    COMMENT COLUMN IF EXISTS state 'Stock state of its unit',
    COMMENT COLUMN IF EXISTS first_seen_at 'When a reader saw it first',
    COMMENT COLUMN IF EXISTS last_seen_at 'When a reader saw it last, by the reader''s clock';

ALTER TABLE items
    MODIFY COMMENT 'What is believed of each item now, from the whole ledger; current_items answers sooner',
    COMMENT COLUMN IF EXISTS epc 'The tag of the item: upper-case hex of its whole code word',
    COMMENT COLUMN IF EXISTS gtin 'Product of the item',
    COMMENT COLUMN IF EXISTS location_id 'Where it is believed to be; the last place of what is gone',
    COMMENT COLUMN IF EXISTS zone_id 'Zone that it was seen in last; empty = in none that is known',
    COMMENT COLUMN IF EXISTS status 'What is believed of it: present, exiting, sold, left, missing or in_transit',
    COMMENT COLUMN IF EXISTS state 'Stock state of its unit',
    COMMENT COLUMN IF EXISTS first_seen_at 'When a reader saw it first',
    COMMENT COLUMN IF EXISTS last_seen_at 'When a reader saw it last, by the reader''s clock';

ALTER TABLE lifetime_value_fits
    COMMENT COLUMN IF EXISTS alpha 'Rate of the gamma of purchase rates, in weeks; see r',
    COMMENT COLUMN IF EXISTS b 'Second shape of the beta of dropout; see a',
    COMMENT COLUMN IF EXISTS q 'Shape of the gamma over customers; see p',
    COMMENT COLUMN IF EXISTS value_upper 'Upper end of the interval of value; null = it has none',
    COMMENT COLUMN IF EXISTS started_at 'When the fit began',
    COMMENT COLUMN IF EXISTS finished_at 'When it ended';

ALTER TABLE lifetime_values_now
    COMMENT COLUMN IF EXISTS currency 'ISO 4217; purchases in it alone were looked at',
    COMMENT COLUMN IF EXISTS value_upper 'Upper end of the interval of value; null = it has none';

ALTER TABLE location_zones
    MODIFY COMMENT 'Zones of locations as rows',
    COMMENT COLUMN IF EXISTS location_id 'Where: a location of locations',
    COMMENT COLUMN IF EXISTS location_kind 'store or warehouse',
    COMMENT COLUMN IF EXISTS zone_id 'Id of the zone within its location',
    COMMENT COLUMN IF EXISTS zone_name 'Name for people',
    COMMENT COLUMN IF EXISTS zone_kind 'dock, backroom, sales_floor, fitting_room, pos or exit';

ALTER TABLE locations
    COMMENT COLUMN IF EXISTS is_deleted '1 = removed; the row stays, so that what names it can be read';

ALTER TABLE metadata_columns
    COMMENT COLUMN IF EXISTS database 'The database',
    COMMENT COLUMN IF EXISTS table 'Table or view',
    COMMENT COLUMN IF EXISTS name 'Name',
    COMMENT COLUMN IF EXISTS type 'Type',
    COMMENT COLUMN IF EXISTS position 'Number within its table, from 1',
    COMMENT COLUMN IF EXISTS default_kind 'DEFAULT, MATERIALIZED or ALIAS; empty for none',
    COMMENT COLUMN IF EXISTS default_expression 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS data_compressed_bytes 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS data_uncompressed_bytes 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS marks_bytes 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS comment 'What it is',
    COMMENT COLUMN IF EXISTS is_in_partition_key '1 = part of the partition key',
    COMMENT COLUMN IF EXISTS is_in_sorting_key '1 = part of the sorting key',
    COMMENT COLUMN IF EXISTS is_in_primary_key '1 = part of the primary key',
    COMMENT COLUMN IF EXISTS is_in_sampling_key '1 = part of the sampling key',
    COMMENT COLUMN IF EXISTS compression_codec 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS character_octet_length 'Of fixed strings',
    COMMENT COLUMN IF EXISTS numeric_precision 'Digits or bits',
    COMMENT COLUMN IF EXISTS numeric_precision_radix '2 for bits, 10 for digits',
    COMMENT COLUMN IF EXISTS numeric_scale 'Digits after the point',
    COMMENT COLUMN IF EXISTS datetime_precision 'Digits of a second';

ALTER TABLE metadata_databases
    COMMENT COLUMN IF EXISTS name 'Name',
    COMMENT COLUMN IF EXISTS engine 'Shown as ClickHouse''s usual one',
    COMMENT COLUMN IF EXISTS data_path 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS metadata_path 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS uuid 'Id of it in ClickHouse',
    COMMENT COLUMN IF EXISTS engine_full 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS comment 'What it is',
    COMMENT COLUMN IF EXISTS is_external 'Always 0';

ALTER TABLE metadata_tables
    COMMENT COLUMN IF EXISTS database 'The database',
    COMMENT COLUMN IF EXISTS name 'Name',
    COMMENT COLUMN IF EXISTS uuid 'Id of it in ClickHouse',
    COMMENT COLUMN IF EXISTS engine 'Shown as ClickHouse''s usual one',
    COMMENT COLUMN IF EXISTS is_temporary 'Always 0',
    COMMENT COLUMN IF EXISTS data_paths 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS metadata_path 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS metadata_modification_time 'When it was changed last',
    COMMENT COLUMN IF EXISTS dependencies_database 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS dependencies_table 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS create_table_query 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS engine_full 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS as_select 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS partition_key 'Partition key',
    COMMENT COLUMN IF EXISTS sorting_key 'Sorting key',
    COMMENT COLUMN IF EXISTS primary_key 'Primary key',
    COMMENT COLUMN IF EXISTS sampling_key 'Sampling key',
    COMMENT COLUMN IF EXISTS storage_policy 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS total_rows 'Rows, where ClickHouse knows',
    COMMENT COLUMN IF EXISTS total_bytes 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS comment 'What it is',
    COMMENT COLUMN IF EXISTS has_own_data '1 = a table, 0 = a view',
    COMMENT COLUMN IF EXISTS loading_dependencies_database 'Always empty: where and how things are stored is not shown',
    COMMENT COLUMN IF EXISTS loading_dependencies_table 'Always empty: where and how things are stored is not shown';

ALTER TABLE misses
    COMMENT COLUMN IF EXISTS miss_id 'One shopper who wanted one product and could not have it',
    COMMENT COLUMN IF EXISTS status 'open, saving or saved',
    COMMENT COLUMN IF EXISTS location_id 'The store that had none',
    COMMENT COLUMN IF EXISTS gtin 'Product, a GTIN of 14 digits as a number',
    COMMENT COLUMN IF EXISTS quantity 'Units that were wanted',
    COMMENT COLUMN IF EXISTS channel 'Where it was missed: store unless a screen says otherwise',
    COMMENT COLUMN IF EXISTS missed_by 'shelf: seen at the shelf; screen: shown as not there',
    COMMENT COLUMN IF EXISTS available_here 'Units that the system said were available there',
    COMMENT COLUMN IF EXISTS alternatives 'Places that had it and were offered',
    COMMENT COLUMN IF EXISTS is_saved '1 when an order for another place came of it',
    COMMENT COLUMN IF EXISTS order_id 'The order that came of it; empty = none',
    COMMENT COLUMN IF EXISTS saved_location_id 'Who fulfils that order; empty = nobody',
    COMMENT COLUMN IF EXISTS customer_id 'Record of the customer, opaque, as in customer_persons; empty for a guest',
    COMMENT COLUMN IF EXISTS created_at 'When it was noticed',
    COMMENT COLUMN IF EXISTS changed_at 'When it was changed last',
    COMMENT COLUMN IF EXISTS first_ordinal 'Ordinal of the first change: the order in which they came',
    COMMENT COLUMN IF EXISTS miss_json 'JSON of the miss, as the API gives it';

ALTER TABLE movements
    MODIFY COMMENT 'The ledger: every unit that came, went or changed its state, with the reason',
    COMMENT COLUMN IF EXISTS location_id 'Where the stock of the movement stands',
    COMMENT COLUMN IF EXISTS sequence 'Number of the movement within its location, from 1, without holes',
    COMMENT COLUMN IF EXISTS gtin 'Product that moves',
    COMMENT COLUMN IF EXISTS state 'Stock state that the units are in',
    COMMENT COLUMN IF EXISTS quantity 'Units: positive came, negative went',
    COMMENT COLUMN IF EXISTS reason 'Why: received, sold, returned, transferred_out, transferred_in, counted, found, missing, left, damaged, repaired, adjusted, state_changed or reversed',
    COMMENT COLUMN IF EXISTS epc 'The tag of the item; empty where units are counted',
    COMMENT COLUMN IF EXISTS reservation_id 'Hold that it was handed over for; empty for none',
    COMMENT COLUMN IF EXISTS order_id 'Order that it was for; empty for none',
    COMMENT COLUMN IF EXISTS ordinal 'Which row of events it was made of; rises with commitment',
    COMMENT COLUMN IF EXISTS occurred_at 'When it happened, by the source''s clock',
    COMMENT COLUMN IF EXISTS recorded_at 'When it was committed here',
    COMMENT COLUMN IF EXISTS event_id 'Id of the event, the same when it is repeated',
    COMMENT COLUMN IF EXISTS event_type 'Kind of the event: sale, return, void, receipt, adjustment, position, item_seen, …',
    COMMENT COLUMN IF EXISTS source 'Topic after the location: rfid/{reader}, pos/{terminal}, stock/{source}';

ALTER TABLE offer_channels
    MODIFY COMMENT 'Redemptions of offers by the channel that issued them and the one that redeemed them',
    COMMENT COLUMN IF EXISTS offer_id 'The offer, as in offers',
    COMMENT COLUMN IF EXISTS issuing_channel 'Where it was issued',
    COMMENT COLUMN IF EXISTS redeeming_channel 'Where it was redeemed',
    COMMENT COLUMN IF EXISTS redemptions 'How often';

ALTER TABLE offer_events
    COMMENT COLUMN IF EXISTS offer_id 'The offer, as in offers',
    COMMENT COLUMN IF EXISTS at 'When it happened';

ALTER TABLE offers
    COMMENT COLUMN IF EXISTS offer_id 'Id of the offer',
    COMMENT COLUMN IF EXISTS valid_from 'It begins at this instant',
    COMMENT COLUMN IF EXISTS changed_at 'When this version was made';

ALTER TABLE order_fulfilments
    COMMENT COLUMN IF EXISTS order_id 'Of the order; with source it is known over all systems',
    COMMENT COLUMN IF EXISTS channel 'Where it was placed: store, web, app, phone, social, kiosk, marketplace, …',
    COMMENT COLUMN IF EXISTS source 'Name of the system or file that it comes from',
    COMMENT COLUMN IF EXISTS customer_id 'Record of the customer, opaque, as in customer_persons; empty for a guest',
    COMMENT COLUMN IF EXISTS placed_at 'When the order was placed',
    COMMENT COLUMN IF EXISTS fulfilment_id 'Within its order: what one location fulfils in one way',
    COMMENT COLUMN IF EXISTS location_id 'Who fulfils it',
    COMMENT COLUMN IF EXISTS method 'How it is fulfilled: carry_out, pickup, curbside, ship_from_store, ship_from_warehouse or delivery',
    COMMENT COLUMN IF EXISTS status 'The last state that it reached',
    COMMENT COLUMN IF EXISTS reservation_id 'The hold that keeps its goods',
    COMMENT COLUMN IF EXISTS promised_ready_at 'Ready by then was promised; null = nothing was',
    COMMENT COLUMN IF EXISTS hold_until 'Ready goods are kept until then; null = none are',
    COMMENT COLUMN IF EXISTS allocated_at 'When the units were held at this location',
    COMMENT COLUMN IF EXISTS sent_to_store_at 'When its task was made',
    COMMENT COLUMN IF EXISTS accepted_at 'When staff took it up',
    COMMENT COLUMN IF EXISTS picking_at 'When picking began',
    COMMENT COLUMN IF EXISTS ready_at 'When all that was found lay ready',
    COMMENT COLUMN IF EXISTS arrived_at 'When the customer said that they were there',
    COMMENT COLUMN IF EXISTS collected_at 'When it was in the customer''s hands',
    COMMENT COLUMN IF EXISTS shipped_at 'When a carrier had it',
    COMMENT COLUMN IF EXISTS delivered_at 'When the carrier handed it over',
    COMMENT COLUMN IF EXISTS short_at 'When nothing of it was to be found',
    COMMENT COLUMN IF EXISTS cancelled_at 'When all of it was cancelled, by whomever',
    COMMENT COLUMN IF EXISTS no_show_at 'When the hold ended uncollected',
    COMMENT COLUMN IF EXISTS promised_delivered_at 'Delivered by then was promised; null = nothing was',
    COMMENT COLUMN IF EXISTS is_delivered_on_time '1 = delivered by then; null = nothing was promised, or it is not over';

ALTER TABLE order_lines
    COMMENT COLUMN IF EXISTS country 'Country of the customer as the source writes it; empty when unknown',
    COMMENT COLUMN IF EXISTS gtin 'Product; of a code that no product had, the number that it was given (product_codes)',
    COMMENT COLUMN IF EXISTS description 'Text of the source for the product',
    COMMENT COLUMN IF EXISTS unit_price 'Price of one unit as the source gives it',
    COMMENT COLUMN IF EXISTS currency 'ISO 4217; amounts of two are never added',
    COMMENT COLUMN IF EXISTS ordered_at 'When it was ordered; of a return, when it came back';

ALTER TABLE order_lines_live
    COMMENT COLUMN IF EXISTS order_id 'Of the order; with source it is known over all systems',
    COMMENT COLUMN IF EXISTS channel 'Where it was placed: store, web, app, phone, social, kiosk, marketplace, …',
    COMMENT COLUMN IF EXISTS source 'Name of the system or file that it comes from',
    COMMENT COLUMN IF EXISTS customer_id 'Record of the customer, opaque, as in customer_persons; empty for a guest',
    COMMENT COLUMN IF EXISTS currency 'ISO 4217; amounts of two are never added',
    COMMENT COLUMN IF EXISTS placed_at 'When the order was placed',
    COMMENT COLUMN IF EXISTS order_status 'Status of its order',
    COMMENT COLUMN IF EXISTS line_no 'Number of the line within its order, from 1',
    COMMENT COLUMN IF EXISTS line_id 'Line of the order; empty where it concerns no one line',
    COMMENT COLUMN IF EXISTS fulfilment_id 'Within its order: what one location fulfils in one way',
    COMMENT COLUMN IF EXISTS status 'Last state of the line',
    COMMENT COLUMN IF EXISTS method 'How it is fulfilled: carry_out, pickup, curbside, ship_from_store, ship_from_warehouse or delivery',
    COMMENT COLUMN IF EXISTS location_id 'Who fulfils it',
    COMMENT COLUMN IF EXISTS gtin 'Product, a GTIN of 14 digits as a number',
    COMMENT COLUMN IF EXISTS requested 'Units that were asked for',
    COMMENT COLUMN IF EXISTS quantity 'Units that were promised',
    COMMENT COLUMN IF EXISTS picked 'Units that were found and picked',
    COMMENT COLUMN IF EXISTS short 'Units that were not to be had when they were picked',
    COMMENT COLUMN IF EXISTS cancelled 'Units that were not wanted, or not collected',
    COMMENT COLUMN IF EXISTS handed_over 'Units that left with the customer or a carrier',
    COMMENT COLUMN IF EXISTS returned 'Units that came back of those',
    COMMENT COLUMN IF EXISTS unit_price 'Of one unit, before the discount, without tax where the source gives it so',
    COMMENT COLUMN IF EXISTS discount 'Of the whole line, positive',
    COMMENT COLUMN IF EXISTS offer_id 'The offer that it was bought with, as in offers; empty for none',
    COMMENT COLUMN IF EXISTS reservation_id 'The hold that keeps its goods',
    COMMENT COLUMN IF EXISTS instead_of 'Line that it came in place of; empty for none',
    COMMENT COLUMN IF EXISTS epcs 'Tags of what was handed over, where they were read',
    COMMENT COLUMN IF EXISTS promised_ready_at 'Ready by then was promised; null = nothing was';

ALTER TABLE order_returns
    COMMENT COLUMN IF EXISTS order_id 'The order that the units were bought with';

ALTER TABLE order_steps
    COMMENT COLUMN IF EXISTS order_id 'Of the order; with source it is known over all systems',
    COMMENT COLUMN IF EXISTS channel 'Where it was placed: store, web, app, phone, social, kiosk, marketplace, …',
    COMMENT COLUMN IF EXISTS step_no 'Number of the step within its order, from 1, in the order of time',
    COMMENT COLUMN IF EXISTS kind 'What was done: placed, allocated, accepted, picked, ready, collected, …',
    COMMENT COLUMN IF EXISTS at 'When it happened',
    COMMENT COLUMN IF EXISTS recorded_at 'When it was committed here',
    COMMENT COLUMN IF EXISTS actor_kind 'Who did it: customer, staff, device or system',
    COMMENT COLUMN IF EXISTS actor_id 'Key id or name of who did it; empty for none',
    COMMENT COLUMN IF EXISTS fulfilment_id 'Within its order: what one location fulfils in one way',
    COMMENT COLUMN IF EXISTS line_id 'Line of the order; empty where it concerns no one line',
    COMMENT COLUMN IF EXISTS quantity 'Units that it concerns; 0 for none',
    COMMENT COLUMN IF EXISTS cause 'Why something was cancelled or is missing; empty for none';

ALTER TABLE orders
    COMMENT COLUMN IF EXISTS order_id 'Id of the order',
    COMMENT COLUMN IF EXISTS status 'The last state that it reached',
    COMMENT COLUMN IF EXISTS channel 'Where it was placed: store, web, app, phone, social, kiosk, marketplace, …',
    COMMENT COLUMN IF EXISTS source 'The connected shop or api that placed it',
    COMMENT COLUMN IF EXISTS customer_id 'Record of the customer, opaque, as in customer_persons; empty for a guest',
    COMMENT COLUMN IF EXISTS currency 'ISO 4217; amounts of two are never added',
    COMMENT COLUMN IF EXISTS origin_kind 'exchange or saved_sale, where it came from one; else empty',
    COMMENT COLUMN IF EXISTS origin_id 'Of the return or the miss that it came from; empty for none',
    COMMENT COLUMN IF EXISTS placed_at 'When the order was placed',
    COMMENT COLUMN IF EXISTS changed_at 'When it was changed last',
    COMMENT COLUMN IF EXISTS must_tell '1 = the customer has to be told something',
    COMMENT COLUMN IF EXISTS is_open '1 while something is left to do',
    COMMENT COLUMN IF EXISTS version 'Rises with each change of the order, from 1',
    COMMENT COLUMN IF EXISTS order_json 'JSON of the order, as the API gives it';

ALTER TABLE position_snapshots
    COMMENT COLUMN IF EXISTS snapshot_id 'As in snapshots',
    COMMENT COLUMN IF EXISTS location_id 'Where: a location of locations',
    COMMENT COLUMN IF EXISTS gtin 'Product, a GTIN of 14 digits as a number',
    COMMENT COLUMN IF EXISTS state 'Stock state: sellable, inspect, damaged or display_only; only sellable units are promised',
    COMMENT COLUMN IF EXISTS quantity 'Units on hand as of the snapshot';

ALTER TABLE positions
    MODIFY COMMENT 'Stock now: the sum of movements by location, product and state, without zeros',
    COMMENT COLUMN IF EXISTS location_id 'Where: a location of locations',
    COMMENT COLUMN IF EXISTS gtin 'Product, a GTIN of 14 digits as a number',
    COMMENT COLUMN IF EXISTS state 'Stock state: sellable, inspect, damaged or display_only; only sellable units are promised',
    COMMENT COLUMN IF EXISTS quantity 'Units on hand in that state';

ALTER TABLE predicted_lifetime_values
    COMMENT COLUMN IF EXISTS currency 'ISO 4217; purchases in it alone were looked at',
    COMMENT COLUMN IF EXISTS value_upper 'Upper end of the interval of value; null = it has none';

ALTER TABLE product_codes
    COMMENT COLUMN IF EXISTS version 'Unix microseconds of the change; the newest wins';

ALTER TABLE products
    COMMENT COLUMN IF EXISTS name 'Name for people',
    COMMENT COLUMN IF EXISTS category 'Category of the assortment; empty for none',
    COMMENT COLUMN IF EXISTS is_deleted '1 = removed; the row stays, so that what names it can be read';

ALTER TABLE read_batches
    COMMENT COLUMN IF EXISTS location_id 'Where the reader stands',
    COMMENT COLUMN IF EXISTS reader_id 'Id of the reader, as in MQTT topics',
    COMMENT COLUMN IF EXISTS epc 'The tags of the message, in its order';

ALTER TABLE reader_activity
    COMMENT COLUMN IF EXISTS location_id 'Where the reader stands',
    COMMENT COLUMN IF EXISTS reader_id 'Id of the reader, as in MQTT topics',
    COMMENT COLUMN IF EXISTS minute 'Minute in which the messages came',
    COMMENT COLUMN IF EXISTS format 'Format of the newest message: impinj, zebra, epcis, onhand',
    COMMENT COLUMN IF EXISTS reads 'Tag reads in that minute',
    COMMENT COLUMN IF EXISTS rejected 'Messages that could not be understood',
    COMMENT COLUMN IF EXISTS last_heard_at 'When the newest message came';

ALTER TABLE readers
    COMMENT COLUMN IF EXISTS location_id 'Where it stands',
    COMMENT COLUMN IF EXISTS name 'Name for people',
    COMMENT COLUMN IF EXISTS is_deleted '1 = removed; the row stays, so that what names it can be read',
    COMMENT COLUMN IF EXISTS version 'Unix microseconds of the change; the newest wins';

ALTER TABLE reads
    MODIFY COMMENT 'Tag reads as rows: one for each tag of a message',
    COMMENT COLUMN IF EXISTS location_id 'Where the reader stands',
    COMMENT COLUMN IF EXISTS reader_id 'Id of the reader, as in MQTT topics',
    COMMENT COLUMN IF EXISTS received_at 'When it was taken in',
    COMMENT COLUMN IF EXISTS format 'Format of the message: impinj, zebra, epcis, onhand',
    COMMENT COLUMN IF EXISTS epc 'The tag: upper-case hex of its whole code word',
    COMMENT COLUMN IF EXISTS gtin 'Product of the tag; 0 = it names none',
    COMMENT COLUMN IF EXISTS antenna 'Antenna of the reader; -1 where it sent none',
    COMMENT COLUMN IF EXISTS zone_id 'Zone that the antenna looks at; empty = not assigned yet',
    COMMENT COLUMN IF EXISTS observed_at 'When the reader saw it, by its own clock',
    COMMENT COLUMN IF EXISTS rssi_dbm 'Strength of the answer in dBm; nan where the reader sent none',
    COMMENT COLUMN IF EXISTS read_count 'How many sights the reader itself merged into this read',
    COMMENT COLUMN IF EXISTS verdict 'What the item tracker made of it: accepted, waiting, too_old, in_future, no_product or unknown_product';

ALTER TABLE receipts
    COMMENT COLUMN IF EXISTS event_id 'Id of the event as the sender gave it',
    COMMENT COLUMN IF EXISTS detail 'What was wrong, in words; empty for none',
    COMMENT COLUMN IF EXISTS topic 'MQTT topic that it came on',
    COMMENT COLUMN IF EXISTS recorded_at 'When it was committed here';

ALTER TABLE reconciliations
    COMMENT COLUMN IF EXISTS checked_at 'When it was checked',
    COMMENT COLUMN IF EXISTS took_ms 'How long the check took, in milliseconds';

ALTER TABLE reserved_units_at
    MODIFY COMMENT 'Units on hold at an instant, by location and product: reserved_units_at(at = …)';

ALTER TABLE return_lines
    COMMENT COLUMN IF EXISTS return_id 'What was brought back at one time',
    COMMENT COLUMN IF EXISTS status 'Of its return: taking, inspect, done or refused',
    COMMENT COLUMN IF EXISTS location_id 'Where it came back',
    COMMENT COLUMN IF EXISTS channel 'Where it was taken back',
    COMMENT COLUMN IF EXISTS customer_id 'Record of the customer, opaque, as in customer_persons; empty for a guest',
    COMMENT COLUMN IF EXISTS bought_kind 'order: fulfilled for somebody who ordered; sale: carried out of a store; imported_order; unknown',
    COMMENT COLUMN IF EXISTS bought_id 'The order, or {location}/{transaction} of a till; empty for unknown',
    COMMENT COLUMN IF EXISTS bought_channel 'Where it was bought: web, app, store, …; empty for unknown',
    COMMENT COLUMN IF EXISTS bought_method 'How it was got: carry_out, pickup, curbside, ship_from_store, …; empty for unknown',
    COMMENT COLUMN IF EXISTS exchange_order_id 'The order of what was taken instead; empty for none',
    COMMENT COLUMN IF EXISTS created_at 'When the return was begun',
    COMMENT COLUMN IF EXISTS taken_at 'When the goods were taken back; null = not yet',
    COMMENT COLUMN IF EXISTS line_no 'Number of the line within its return, from 1',
    COMMENT COLUMN IF EXISTS gtin 'Product, a GTIN of 14 digits as a number',
    COMMENT COLUMN IF EXISTS quantity 'Units that came back',
    COMMENT COLUMN IF EXISTS reason 'As the customer said: wrong_size, changed_mind, …',
    COMMENT COLUMN IF EXISTS condition 'What staff found: sellable, inspect or damaged',
    COMMENT COLUMN IF EXISTS linked_line_id 'Line of the order that it was bought with; empty = unknown',
    COMMENT COLUMN IF EXISTS flags 'unlinked, not_sold_by_us, already_returned or other_order; empty = nothing is unusual',
    COMMENT COLUMN IF EXISTS epcs 'Tags of the items that came back',
    COMMENT COLUMN IF EXISTS sellable 'Units of it that stand for sale',
    COMMENT COLUMN IF EXISTS inspect 'Units of it that wait to be looked at',
    COMMENT COLUMN IF EXISTS damaged 'Units of it that are damaged',
    COMMENT COLUMN IF EXISTS display_only 'Units of it that are for display alone',
    COMMENT COLUMN IF EXISTS sellable_at 'When the last unit that can be sold could be; null = none yet',
    COMMENT COLUMN IF EXISTS seconds_to_sellable 'sellable_at − taken_at, in seconds';

ALTER TABLE returns
    COMMENT COLUMN IF EXISTS return_id 'What was brought back at one time',
    COMMENT COLUMN IF EXISTS status 'taking, inspect, done or refused',
    COMMENT COLUMN IF EXISTS location_id 'Where it came back',
    COMMENT COLUMN IF EXISTS channel 'Where it was taken back',
    COMMENT COLUMN IF EXISTS customer_id 'Record of the customer, opaque, as in customer_persons; empty for a guest',
    COMMENT COLUMN IF EXISTS bought_kind 'order: fulfilled for somebody who ordered; sale: carried out of a store; imported_order; unknown',
    COMMENT COLUMN IF EXISTS bought_id 'The order, or {location}/{transaction} of a till; empty for unknown',
    COMMENT COLUMN IF EXISTS bought_channel 'Where it was bought: web, app, store, …; empty for unknown',
    COMMENT COLUMN IF EXISTS bought_method 'How it was got: carry_out, pickup, curbside, ship_from_store, …; empty for unknown',
    COMMENT COLUMN IF EXISTS exchange_order_id 'The order of what was taken instead; empty for none',
    COMMENT COLUMN IF EXISTS override_reason 'Why a person took it in against the rules; empty = they were kept',
    COMMENT COLUMN IF EXISTS is_flagged '1 = something is unusual about a line of it',
    COMMENT COLUMN IF EXISTS refusal_code 'Why it was refused, as in docs/errors.md; empty = it was not',
    COMMENT COLUMN IF EXISTS created_at 'When it was begun',
    COMMENT COLUMN IF EXISTS taken_at 'When the goods were taken back; null = not yet',
    COMMENT COLUMN IF EXISTS first_ordinal 'Ordinal of the first change: the order in which they came',
    COMMENT COLUMN IF EXISTS return_json 'JSON of the return, as the API gives it';

ALTER TABLE sales_lines
    COMMENT COLUMN IF EXISTS order_id 'With source: the order',
    COMMENT COLUMN IF EXISTS line_no 'Number of the line within its order, from 1',
    COMMENT COLUMN IF EXISTS channel 'Where it was ordered',
    COMMENT COLUMN IF EXISTS method 'How it was fulfilled',
    COMMENT COLUMN IF EXISTS location_id 'Where it was fulfilled, or came back; empty when unknown',
    COMMENT COLUMN IF EXISTS gtin 'Product; 0 when unknown',
    COMMENT COLUMN IF EXISTS quantity 'Units; negative for what came back',
    COMMENT COLUMN IF EXISTS discount 'Of these units, positive, negative for what came back',
    COMMENT COLUMN IF EXISTS currency 'ISO 4217; amounts of two are never added',
    COMMENT COLUMN IF EXISTS ordered_at 'When it was ordered; of a return, when it came back';

ALTER TABLE schema_migrations
    COMMENT COLUMN IF EXISTS number 'Number of the file',
    COMMENT COLUMN IF EXISTS name 'Its name',
    COMMENT COLUMN IF EXISTS at 'When the step was done';

ALTER TABLE sightings
    COMMENT COLUMN IF EXISTS location_id 'Where it was seen',
    COMMENT COLUMN IF EXISTS gtin 'Product',
    COMMENT COLUMN IF EXISTS last_seen_at 'When a reader saw one of it last';

ALTER TABLE snapshots
    COMMENT COLUMN IF EXISTS taken_at 'When it was taken';

ALTER TABLE survey_answers
    COMMENT COLUMN IF EXISTS source 'Name of the system or file that it comes from',
    COMMENT COLUMN IF EXISTS answer_id 'One answer of one customer',
    COMMENT COLUMN IF EXISTS score 'What was answered',
    COMMENT COLUMN IF EXISTS location_id 'Where the order was fulfilled; empty when unknown',
    COMMENT COLUMN IF EXISTS at 'When it was answered';

ALTER TABLE tag_mappings
    COMMENT COLUMN IF EXISTS is_deleted '1 = removed; the row stays, so that what names it can be read';

ALTER TABLE tasks
    COMMENT COLUMN IF EXISTS task_id 'Id of the task',
    COMMENT COLUMN IF EXISTS kind 'pick, stage, hand_over, curbside_arrival, return_to_shelf or check_ghost',
    COMMENT COLUMN IF EXISTS state 'open, accepted, done, short or cancelled',
    COMMENT COLUMN IF EXISTS location_id 'Whose staff does it',
    COMMENT COLUMN IF EXISTS order_id 'The order that it is for; empty for none',
    COMMENT COLUMN IF EXISTS fulfilment_id 'Which part of that order',
    COMMENT COLUMN IF EXISTS method 'How it is fulfilled: carry_out, pickup, curbside, ship_from_store, ship_from_warehouse or delivery',
    COMMENT COLUMN IF EXISTS channel 'Where it was placed: store, web, app, phone, social, kiosk, marketplace, …',
    COMMENT COLUMN IF EXISTS owner_kind 'staff or device that took it; empty = nobody',
    COMMENT COLUMN IF EXISTS owner_id 'Who took it; empty = nobody',
    COMMENT COLUMN IF EXISTS created_at 'When it was made',
    COMMENT COLUMN IF EXISTS starts_at 'It need not be begun before',
    COMMENT COLUMN IF EXISTS due_at 'It should be done by then; null = no matter',
    COMMENT COLUMN IF EXISTS accepted_at 'When somebody took it',
    COMMENT COLUMN IF EXISTS ended_at 'When it was done, short or cancelled; null = not yet',
    COMMENT COLUMN IF EXISTS arrived_at 'When the customer said that they were there',
    COMMENT COLUMN IF EXISTS reminders 'How often staff was reminded',
    COMMENT COLUMN IF EXISTS escalation 'How far up it was told: 0 = nobody',
    COMMENT COLUMN IF EXISTS devices_seen 'Devices that showed it',
    COMMENT COLUMN IF EXISTS conflicts 'Steps that came from two devices at odds',
    COMMENT COLUMN IF EXISTS units 'Units to be done',
    COMMENT COLUMN IF EXISTS units_done 'Units that were done',
    COMMENT COLUMN IF EXISTS units_short 'Units that were not to be found',
    COMMENT COLUMN IF EXISTS is_open '1 while something is left to do',
    COMMENT COLUMN IF EXISTS task 'JSON of the task, as the API gives it';

ALTER TABLE tracking_settings
    COMMENT COLUMN IF EXISTS changed_at 'When this version was made';

ALTER TABLE webhook_deliveries
    COMMENT COLUMN IF EXISTS webhook_id 'Of the subscription, as in webhooks',
    COMMENT COLUMN IF EXISTS event_type 'What it tells: availability.changed, …',
    COMMENT COLUMN IF EXISTS attempts 'How often it was tried',
    COMMENT COLUMN IF EXISTS last_attempt_at 'When it was tried last; null = never';

ALTER TABLE webhook_progress
    COMMENT COLUMN IF EXISTS webhook_id 'Of the subscription, as in webhooks';

ALTER TABLE webhook_told
    COMMENT COLUMN IF EXISTS webhook_id 'Of the subscription, as in webhooks',
    COMMENT COLUMN IF EXISTS location_id 'Where: a location of locations',
    COMMENT COLUMN IF EXISTS gtin 'Product, a GTIN of 14 digits as a number';

ALTER TABLE webhooks
    COMMENT COLUMN IF EXISTS webhook_id 'Id of the subscription',
    COMMENT COLUMN IF EXISTS description 'What it is for, for people',
    COMMENT COLUMN IF EXISTS old_secret_until 'Until then the secret before is signed with as well',
    COMMENT COLUMN IF EXISTS is_enabled '1 = it is told',
    COMMENT COLUMN IF EXISTS created_at 'When it was made',
    COMMENT COLUMN IF EXISTS is_deleted '1 = removed';

ALTER TABLE opening_clock
    COMMENT COLUMN IF EXISTS location_id 'Whose hours they are';

ALTER TABLE opening_spans
    COMMENT COLUMN IF EXISTS location_id 'Whose hours they are';
