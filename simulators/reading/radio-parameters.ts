/**
 * What the radio of the truth scenarios is made of. Every number was fixed before anything was tuned to it, and none may be
 * changed to make a figure better. "Own measurement" means a store scan of a public data set (nedap/dev-day-rfidtags,
 * 30 s scans of one fixed reader over up to 410 tags); docs/accuracy.md lists them with their sources.
 */

/** One look of a shelf reader: the length of the measured scans. */
export const SHELF_ROUND_MS = 30_000;
/** Racks of a warehouse are looked at in turn by few readers. Assumed; no source. */
export const RACK_ROUND_MS = 120_000;
/** One look of a portal, longer than 99 % of the gaps between reads of a near tag (0.64 s, own measurement). */
export const PORTAL_ROUND_MS = 1000;
/** Dwell times that Intel shipped for its readers: till 4 s, fitting room 5 s (rsp-sw-toolkit-gw, sensor behaviours). */
export const TILL_ROUND_MS = 4000;
export const FITTING_ROOM_ROUND_MS = 5000;

/** Median gap between reads of a near tag, and of a far one (own measurement). */
const NEAR_GAP_MS = 120;
const FAR_GAP_MS = 420;
/** A far or weak tag answers this much less often, so a look at it is worth this share of a look. */
export const FAR_SHARE_OF_LOOK = NEAR_GAP_MS / FAR_GAP_MS;

/** Reads of a near tag per second at a portal, where few tags share the air: one each near gap. */
export const PORTAL_READS_PER_SECOND = 1000 / NEAR_GAP_MS;
/** Reads of a near tag in a 30 s look at a shelf: 170 reads/s shared by about 200 tags near (own measurement: 150 to 177 reads/s). */
export const SHELF_READS_PER_LOOK = 25;
/**
 * Reads of a stray tag in a look. That a read count tells near from stray with F1 0.97 (own measurement) needs medians
 * 3.76 deviations apart: exp(ln 25 − 3.76 · 0.75) = 1.5. Half of these tags are read exactly once; 23 % of all EPCs are (own
 * measurement), so that about 46 % of the tags that a reader hears through an open wall are strays.
 */
export const STRAY_READS_PER_LOOK = 1.5;
export const READS_PER_LOOK_DEVIATION = 0.75;

/** Mean strength at the antenna by kind of zone, dBm. Assumed: usual figures of readers at 28 to 30 dBm; no source. */
export const STRENGTH_DBM = {
  dock: -50,
  backroom: -55,
  sales_floor: -54,
  fitting_room: -48,
  pos: -44,
  exit: -52,
} as const;
/**
 * How strengths differ between tags of a zone and between reads of one tag, and by how much a stray is weaker, dB. Together
 * they are 2 deviations apart, which is what F1 0.85 for the maximum strength alone means (own measurement).
 */
export const TAG_STRENGTH_DEVIATION_DB = 3.5;
export const READ_STRENGTH_DEVIATION_DB = 2;
export const STRAY_WEAKER_DB = 8;

/** Share of tags that stand where a neighbouring zone's antenna hears them: behind metal shielding, and through an open wall. */
export const SHIELDED_STRAY_SHARE = 0.05;
/** Strays are 46 % of the tags heard (above) where as many tags stand on one side of the wall as on the other. */
export const OPEN_WALL_STRAY_SHARE = 0.85;

/** Items with a tagging fault: 3.5 % (Auburn audit 2015). Of these 1.2 % are failures: the tag never answers. The others are weak. */
export const TAG_FAULT_SHARE = 0.035;
export const DEAD_TAG_SHARE = 0.012;

/** A 16-bit checksum passes one of 65,536 corrupted replies; beside each read one reply is taken to be corrupted. */
export const GHOSTS_PER_READ = 1 / 65_536;

/** Sweeps of a person with a hand-held over a shelf in a count. Four at 65 % find 98.5 %; a public good count found 98.2 % (Detego). */
export const COUNT_SWEEPS = 4;

/** What a reader keeps while it is cut off, and how fast it then delivers (Zebra IoT Connector documentation). */
export const RETAINED_READS = 150_000;
export const LATE_READS_PER_SECOND = 500;
