import { z } from "zod";
import type { LocationGroup } from "../../domain/api/rule-answers.ts";
import { instantSchema } from "../../domain/identifiers.ts";
import { type AvailabilityRule, availabilityRuleSchema } from "../../domain/rules/availability-rule.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";

/** Beyond every version. */
const NEWEST = "18446744073709551615";

const changeShape = { changed_at: instantSchema, changed_by: z.string() };
const ruleText = z.string().transform((text) => availabilityRuleSchema.parse(JSON.parse(text)));
const ruleRow = z.object({ rule: ruleText, version: z.number(), ...changeShape });
const historyRow = z.object({
  rule_id: z.string(),
  rule: ruleText,
  rule_before: z.string(),
  is_deleted: z.number(),
  version: z.number(),
  ...changeShape,
});
const groupRow = z.object({
  group_id: z.string(),
  name: z.string(),
  locations: z.array(z.string()),
  ...changeShape,
});
const placeRow = z.object({
  location_id: z.string(),
  time_zone: z.string(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
});
const categoryRow = z.object({ gtin: z.number(), category: z.string() });

/** A rule with the version of it that holds, Unix microseconds. */
export type StoredRule = { rule: AvailabilityRule; version: number; changedAt: string; changedBy: string };

/** Where a location is, WGS 84 degrees (null: nobody said), and by which clock it lives. */
export type KnownPlace = {
  locationId: string;
  timeZone: string;
  latitude: number | null;
  longitude: number | null;
};

/** All that rules are evaluated with. */
export type RuleSet = {
  rules: StoredRule[];
  groups: LocationGroup[];
  locations: KnownPlace[];
  categories: Map<number, string>;
};

export type RuleStore = ReturnType<typeof createRuleStore>;

/** Rules of availability and groups of locations, in tables that keep every version. */
export function createRuleStore(deps: { db: Database; nextVersion(): number; nowMs(): number }) {
  const { db } = deps;

  async function groups(version: string | number = NEWEST): Promise<LocationGroup[]> {
    const rows = await db.query({
      name: "rules/groups",
      sql: loadQuery("rules/groups-as-of"),
      params: { version },
      row: groupRow,
    });
    return rows.map((row) => ({
      groupId: row.group_id,
      name: row.name,
      locations: row.locations,
      changedAt: row.changed_at,
      changedBy: row.changed_by,
    }));
  }

  async function load(version: string | number): Promise<RuleSet> {
    const [rows, inGroups, places] = await Promise.all([
      db.query({
        name: "rules/load",
        sql: loadQuery("rules/rules-as-of"),
        params: { version },
        row: ruleRow,
      }),
      groups(version),
      db.query({ name: "rules/places", sql: loadQuery("rules/places"), row: placeRow }),
    ]);
    const words = new Set(rows.flatMap(({ rule }) => rule.scope.category ?? []));
    const products =
      words.size === 0
        ? []
        : await db.query({
            name: "rules/categories",
            sql: loadQuery("rules/products-of-categories"),
            params: { categories: [...words] },
            row: categoryRow,
          });
    return {
      rules: rows.map((row) => ({
        rule: row.rule,
        version: row.version,
        changedAt: row.changed_at,
        changedBy: row.changed_by,
      })),
      groups: inGroups,
      locations: places.map((row) => ({
        locationId: row.location_id,
        timeZone: row.time_zone,
        latitude: row.latitude,
        longitude: row.longitude,
      })),
      categories: new Map(products.map((row) => [row.gtin, row.category])),
    };
  }

  return {
    groups: () => groups(),
    loadNow: () => load(NEWEST),
    /** Rules and groups by what was known at an instant, Unix ms; time zones and categories are today's. */
    loadAsOf: (atMs: number) => load(Math.floor(atMs * 1000) + 999),

    async saveRule(rule: AvailabilityRule, change: { changedBy: string; isDeleted: boolean }): Promise<void> {
      await db.insert({
        name: "rules/save",
        table: "availability_rules",
        columns: ["rule_id", "rule", "kind", "is_deleted", "changed_at", "changed_by", "version"],
        rows: [
          [
            rule.ruleId,
            JSON.stringify(rule),
            rule.kind,
            change.isDeleted ? 1 : 0,
            new Date(deps.nowMs()).toISOString(),
            change.changedBy,
            deps.nextVersion(),
          ],
        ],
      });
    },

    async saveGroup(
      group: Pick<LocationGroup, "groupId" | "name" | "locations">,
      change: { changedBy: string; isDeleted: boolean },
    ): Promise<LocationGroup> {
      const changedAt = new Date(deps.nowMs()).toISOString();
      await db.insert({
        name: "rules/save-group",
        table: "location_groups",
        columns: ["group_id", "name", "locations", "is_deleted", "changed_at", "changed_by", "version"],
        rows: [
          [
            group.groupId,
            group.name,
            group.locations,
            change.isDeleted ? 1 : 0,
            changedAt,
            change.changedBy,
            deps.nextVersion(),
          ],
        ],
      });
      return { ...group, changedAt, changedBy: change.changedBy };
    },

    /** Up to `limit` + 1 changes below a version, newest first; `ruleId` "" = of all rules. */
    async history(page: { ruleId: string; before: number | null; limit: number }) {
      const rows = await db.query({
        name: "rules/history",
        sql: loadQuery("rules/rule-history"),
        params: { rule_id: page.ruleId, before: page.before ?? NEWEST, page_rows: page.limit + 1 },
        row: historyRow,
      });
      return rows.map((row) => ({
        ruleId: row.rule_id,
        rule: row.is_deleted === 1 ? null : row.rule,
        before: row.rule_before === "" ? null : ruleText.parse(row.rule_before),
        changedAt: row.changed_at,
        changedBy: row.changed_by,
        version: row.version,
      }));
    },
  };
}
