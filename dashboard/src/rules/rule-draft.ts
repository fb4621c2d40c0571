import type { RuleInput } from "../../../client/rule-calls.ts";
import {
  type AvailabilityRule,
  availabilityRuleSchema,
  type WEEKDAYS,
} from "../../../domain/rules/availability-rule.ts";
import { checkRule } from "../../../domain/rules/check-rule.ts";

/** A rule as it stands in the fields of its form; empty text = not set. Instants are of the browser's clock. */
export type RuleDraft = {
  ruleId: string;
  kind: AvailabilityRule["kind"];
  quantity: string;
  channel: string;
  /** `location:ID`, `group:ID` or empty. */
  place: string;
  /** A GTIN, or empty. */
  gtin: string;
  category: string;
  startsAt: string;
  endsAt: string;
  weekdays: readonly (typeof WEEKDAYS)[number][];
  from: string;
  to: string;
  releaseAt: string;
  note: string;
};

export const EMPTY_DRAFT: RuleDraft = {
  ruleId: "",
  kind: "safety_stock",
  quantity: "1",
  channel: "",
  place: "",
  gtin: "",
  category: "",
  startsAt: "",
  endsAt: "",
  weekdays: [],
  from: "",
  to: "",
  releaseAt: "",
  note: "",
};

export function draftOf(rule: AvailabilityRule): RuleDraft {
  const { scope, window } = rule;
  return {
    ruleId: rule.ruleId,
    kind: rule.kind,
    quantity: String(rule.quantity),
    channel: scope.channel ?? "",
    place:
      scope.locationId !== null
        ? `location:${scope.locationId}`
        : scope.locationGroup !== null
          ? `group:${scope.locationGroup}`
          : "",
    gtin: scope.gtin ?? "",
    category: scope.category ?? "",
    startsAt: toLocal(window.startsAt),
    endsAt: toLocal(window.endsAt),
    weekdays: window.weekdays ?? [],
    from: window.from ?? "",
    to: window.to ?? "",
    releaseAt: toLocal(rule.kind === "allocation" ? rule.releaseAt : null),
    note: rule.note,
  };
}

/** The rule that the fields make, or why they make none. */
export function readDraft(draft: RuleDraft): { rule: RuleInput; ruleId: string } | { problem: string } {
  const text = (value: string) => (value.trim() === "" ? null : value.trim());
  const [placeKind, placeId] = splitPlace(draft.place);
  const parsed = availabilityRuleSchema.safeParse({
    ruleId: draft.ruleId.trim(),
    kind: draft.kind,
    quantity: draft.quantity.trim() === "" ? Number.NaN : Number(draft.quantity),
    scope: {
      channel: text(draft.channel),
      locationId: placeKind === "location" ? placeId : null,
      locationGroup: placeKind === "group" ? placeId : null,
      gtin: text(draft.gtin),
      category: text(draft.category),
    },
    window: {
      startsAt: toInstant(draft.startsAt),
      endsAt: toInstant(draft.endsAt),
      weekdays: draft.weekdays.length === 0 ? null : draft.weekdays,
      from: text(draft.from),
      to: text(draft.to),
    },
    note: draft.note.trim(),
    ...(draft.kind === "allocation" ? { releaseAt: toInstant(draft.releaseAt) } : {}),
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { problem: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is not valid"}` };
  }
  const checked = checkRule(parsed.data);
  if (!checked.ok) return { problem: checked.detail };
  const { ruleId, ...rule } = checked.value;
  return { rule, ruleId };
}

function splitPlace(place: string): [kind: string, id: string] {
  const at = place.indexOf(":");
  return at < 0 ? ["", ""] : [place.slice(0, at), place.slice(at + 1)];
}

function toInstant(local: string): string | null {
  return local === "" || Number.isNaN(Date.parse(local)) ? null : new Date(local).toISOString();
}

/** As `datetime-local` has it: the browser's time, to the minute. */
function toLocal(instant: string | null): string {
  if (instant === null) return "";
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
