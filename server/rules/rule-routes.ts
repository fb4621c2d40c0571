import { z } from "zod";
import { pageQuerySchema } from "../../domain/api/paging.ts";
import {
  ruleChangesSchema,
  rulePreviewSchema,
  rulePreviewWishSchema,
  rulesAnswerSchema,
  storedRuleSchema,
  type StoredRuleAnswer,
} from "../../domain/api/rule-answers.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { type AvailabilityRule, ruleBodySchema } from "../../domain/rules/availability-rule.ts";
import { checkRule } from "../../domain/rules/check-rule.ts";
import type { WindowState } from "../../domain/rules/rule-window.ts";
import { decodeCursor, toPage } from "../http/cursor.ts";
import { type Caller, defineRoute, type Route } from "../http/route.ts";
import type { NoteChange } from "../master-data/change.ts";
import { HttpProblem } from "../problems.ts";
import type { LiveRules } from "./live-rules.ts";
import type { previewRule } from "./rule-preview.ts";
import type { RuleStore, StoredRule } from "./rule-store.ts";

const TAG = "Rules";
const paramsSchema = z.object({ ruleId: idSchema });
const roles = ["merchandiser", "admin"] as const;

const RULE_EXAMPLE = {
  kind: "safety_stock",
  quantity: 2,
  scope: { channel: "web", locationGroup: "outlets", category: "Scarves" },
  window: { weekdays: ["fr", "sa"], from: "16:00", to: "20:00" },
  note: "Busy hours",
};
const PREVIEW_EXAMPLE = {
  channel: "web",
  covered: 120,
  changed: 1,
  items: [{ locationId: "S01", gtin: "04006381333931", from: 3, to: 1 }],
};

/** Safety stock, allocations and caps, with their history and a look at what a change would do. */
export function createRuleRoutes(deps: {
  store: RuleStore;
  live: LiveRules;
  noteChange: NoteChange;
  nowMs(): number;
  preview(wish: Parameters<typeof previewRule>[1]): ReturnType<typeof previewRule>;
}): Route[] {
  const { store, live } = deps;

  function toAnswer(
    { rule, changedAt, changedBy }: StoredRule,
    windows: ReadonlyMap<string, readonly WindowState[]>,
  ): StoredRuleAnswer {
    const states = windows.get(rule.ruleId) ?? [];
    const nextMs = Math.min(...states.map((state) => state.untilMs));
    return {
      rule,
      isInForce: states.some((state) => state.isIn),
      nextChangeAt: Number.isFinite(nextMs) ? new Date(nextMs).toISOString() : null,
      changedAt,
      changedBy,
    };
  }

  function windowsNow() {
    const windows = new Map<string, WindowState[]>();
    for (const { rule, state } of live.book().windowsAt(deps.nowMs())) {
      windows.set(rule.ruleId, [...(windows.get(rule.ruleId) ?? []), state]);
    }
    return windows;
  }

  function find(ruleId: string): StoredRule {
    const stored = live.ruleSet().rules.find(({ rule }) => rule.ruleId === ruleId);
    if (stored !== undefined) return stored;
    throw new HttpProblem("rule_not_found", `There is no rule ${ruleId}.`);
  }

  function readRule(ruleId: string, body: z.output<typeof ruleBodySchema>): AvailabilityRule {
    const checked = checkRule({ ...body, ruleId });
    if (!checked.ok) throw new HttpProblem("invalid_rule", `${checked.detail}.`);
    const { locationId, locationGroup } = checked.value.scope;
    const { locations, groups } = live.ruleSet();
    if (locationId !== null && !locations.some((known) => known.locationId === locationId)) {
      throw new HttpProblem("location_not_found", `There is no location ${locationId}.`);
    }
    if (locationGroup !== null && !groups.some((known) => known.groupId === locationGroup)) {
      throw new HttpProblem("location_group_not_found", `There is no group of locations ${locationGroup}.`);
    }
    return checked.value;
  }

  /** The change is durable, told to other servers, and holds here before it is answered. */
  async function write(caller: Caller, rule: AvailabilityRule, isDeleted: boolean): Promise<void> {
    await store.saveRule(rule, { changedBy: caller.keyId, isDeleted });
    await deps.noteChange(caller, {
      area: "rules",
      action: isDeleted ? "rule.remove" : "rule.set",
      subject: rule.ruleId,
      detail: rule,
    });
    await live.reload();
  }

  return [
    defineRoute({
      method: "GET",
      path: "/v1/rules",
      tag: TAG,
      summary: "All rules of what is withheld from channels or shown to them",
      roles,
      answer: { schema: rulesAnswerSchema, description: "Ordered by id" },
      handle() {
        const windows = windowsNow();
        return { body: { items: live.ruleSet().rules.map((stored) => toAnswer(stored, windows)) } };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/rules/:ruleId",
      tag: TAG,
      summary: "One rule",
      roles,
      params: paramsSchema,
      answer: { schema: storedRuleSchema, description: "The rule" },
      problems: ["rule_not_found"],
      handle: ({ params }) => ({ body: toAnswer(find(params.ruleId), windowsNow()) }),
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/rules/:ruleId",
      tag: TAG,
      summary: "Set a rule: safety stock, an allocation or a cap",
      description:
        "Of safety stocks and caps that fit a position the narrowest in force holds, of allocations the narrowest of each " +
        "channel: product before place before channel. Times of day are the location's own. Setting an allocation anew " +
        "begins it anew.",
      roles,
      params: paramsSchema,
      body: ruleBodySchema,
      examples: { body: RULE_EXAMPLE },
      answer: { schema: storedRuleSchema, description: "The rule as it holds now" },
      problems: ["invalid_rule", "location_not_found", "location_group_not_found"],
      async handle({ params, body, caller }) {
        await write(caller, readRule(params.ruleId, body), false);
        return { body: toAnswer(find(params.ruleId), windowsNow()) };
      },
    }),
    defineRoute({
      method: "DELETE",
      path: "/v1/rules/:ruleId",
      tag: TAG,
      summary: "Take a rule back",
      roles,
      params: paramsSchema,
      answer: { schema: storedRuleSchema, description: "The rule that was taken back" },
      problems: ["rule_not_found"],
      async handle({ params, caller }) {
        const stored = find(params.ruleId);
        const body = { ...toAnswer(stored, new Map()), isInForce: false };
        await write(caller, stored.rule, true);
        return { body };
      },
    }),
    defineRoute({
      method: "GET",
      path: "/v1/rule-changes",
      tag: TAG,
      summary: "Who set, changed or took back which rule when, newest first",
      roles,
      query: pageQuerySchema.omit({ query: true }).extend({ rule: idSchema.optional() }),
      answer: { schema: ruleChangesSchema, description: "A page" },
      problems: ["invalid_cursor"],
      async handle({ query }) {
        const [before = null] = decodeCursor(query.cursor, ["number"]) ?? [];
        const rows = await store.history({
          ruleId: query.rule ?? "",
          before: before === null ? null : Number(before),
          limit: query.limit,
        });
        const { items, nextCursor } = toPage(rows, query.limit, (row) => [row.version]);
        return { body: { items: items.map(({ version: _version, ...change }) => change), nextCursor } };
      },
    }),
    defineRoute({
      method: "POST",
      path: "/v1/rule-previews",
      tag: TAG,
      summary: "What a rule would change, before it is set; nothing is changed",
      roles,
      body: rulePreviewWishSchema,
      examples: { body: { ruleId: "busy-hours", rule: RULE_EXAMPLE }, answer: PREVIEW_EXAMPLE },
      answer: {
        schema: rulePreviewSchema,
        description: "Positions of which another number would be promised",
      },
      problems: ["invalid_rule", "rule_not_found", "location_not_found", "location_group_not_found"],
      async handle({ body: { ruleId, rule, channel } }) {
        const next = rule === null ? null : readRule(ruleId, rule);
        const named = next ?? find(ruleId).rule;
        const own = named.kind === "allocation" ? null : named.scope.channel;
        return {
          body: await deps.preview({
            set: live.ruleSet(),
            now: live.book(),
            ruleId,
            rule: next,
            channel: channel ?? own ?? "",
          }),
        };
      },
    }),
  ];
}
