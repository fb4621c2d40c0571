import type { z } from "zod";
import {
  type locationGroupBodySchema,
  locationGroupSchema,
  locationGroupsSchema,
  ruleChangesSchema,
  rulePreviewSchema,
  type rulePreviewWishSchema,
  rulesAnswerSchema,
  storedRuleSchema,
} from "../domain/api/rule-answers.ts";
import type { ruleBodySchema } from "../domain/rules/availability-rule.ts";
import type { Call } from "./http.ts";

/** A rule without its id: what is withheld or shown, of what, where, for whom and when. */
export type RuleInput = z.input<typeof ruleBodySchema>;

/** Safety stock, allocations and caps. What is set holds before the call resolves. */
export function createRuleCalls(call: Call) {
  const path = (ruleId: string) => `/v1/rules/${encodeURIComponent(ruleId)}`;
  const groupPath = (groupId: string) => `/v1/location-groups/${encodeURIComponent(groupId)}`;
  return {
    list: (signal?: AbortSignal) =>
      call("GET", "/v1/rules", rulesAnswerSchema, signal === undefined ? {} : { signal }),
    set: (ruleId: string, rule: RuleInput) => call("PUT", path(ruleId), storedRuleSchema, { body: rule }),
    remove: (ruleId: string) => call("DELETE", path(ruleId), storedRuleSchema),
    /** What would be promised instead; changes nothing. */
    preview: (wish: z.input<typeof rulePreviewWishSchema>, signal?: AbortSignal) =>
      call("POST", "/v1/rule-previews", rulePreviewSchema, {
        body: wish,
        ...(signal === undefined ? {} : { signal }),
      }),
    /** Who set what when, newest first. */
    changes: ({
      signal,
      ...query
    }: {
      rule?: string;
      cursor?: string;
      limit?: number;
      signal?: AbortSignal;
    }) =>
      call("GET", "/v1/rule-changes", ruleChangesSchema, {
        query,
        ...(signal === undefined ? {} : { signal }),
      }),
    groups: (signal?: AbortSignal) =>
      call("GET", "/v1/location-groups", locationGroupsSchema, signal === undefined ? {} : { signal }),
    setGroup: (groupId: string, group: z.input<typeof locationGroupBodySchema>) =>
      call("PUT", groupPath(groupId), locationGroupSchema, { body: group }),
    removeGroup: (groupId: string) => call("DELETE", groupPath(groupId), locationGroupSchema),
  };
}
