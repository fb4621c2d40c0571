import { z } from "zod";
import {
  type LocationGroup,
  locationGroupBodySchema,
  locationGroupSchema,
  locationGroupsSchema,
} from "../../domain/api/rule-answers.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { type Caller, defineRoute, type Route } from "../http/route.ts";
import type { NoteChange } from "../master-data/change.ts";
import { HttpProblem } from "../problems.ts";
import type { LiveRules } from "./live-rules.ts";
import type { RuleStore } from "./rule-store.ts";

const TAG = "Rules";
const paramsSchema = z.object({ groupId: idSchema });
const roles = ["merchandiser", "admin"] as const;

/** Groups of locations that rules speak of: a region, the outlets, the stores of a franchise. */
export function createLocationGroupRoutes(deps: {
  store: RuleStore;
  live: LiveRules;
  noteChange: NoteChange;
}): Route[] {
  const { store, live } = deps;

  async function find(groupId: string): Promise<LocationGroup> {
    const group = (await store.groups()).find((known) => known.groupId === groupId);
    if (group !== undefined) return group;
    throw new HttpProblem("location_group_not_found", `There is no group of locations ${groupId}.`);
  }

  async function write(
    caller: Caller,
    group: Pick<LocationGroup, "groupId" | "name" | "locations">,
    isDeleted: boolean,
  ): Promise<LocationGroup> {
    const saved = await store.saveGroup(group, { changedBy: caller.keyId, isDeleted });
    await deps.noteChange(caller, {
      area: "rules",
      action: isDeleted ? "location_group.remove" : "location_group.set",
      subject: group.groupId,
      detail: group,
    });
    await live.reload();
    return saved;
  }

  return [
    defineRoute({
      method: "GET",
      path: "/v1/location-groups",
      tag: TAG,
      summary: "All groups of locations",
      roles,
      answer: { schema: locationGroupsSchema, description: "Ordered by id" },
      handle: async () => ({ body: { items: await store.groups() } }),
    }),
    defineRoute({
      method: "PUT",
      path: "/v1/location-groups/:groupId",
      tag: TAG,
      summary: "Create or replace a group of locations; rules that name it hold for its locations at once",
      roles,
      params: paramsSchema,
      body: locationGroupBodySchema,
      examples: { body: { name: "Outlets", locations: ["S01", "S02"] } },
      answer: { schema: locationGroupSchema, description: "The group as stored" },
      problems: ["location_not_found"],
      async handle({ params, body, caller }) {
        const known = new Set(live.ruleSet().locations.map(({ locationId }) => locationId));
        const unknown = body.locations.filter((locationId) => !known.has(locationId));
        if (unknown.length > 0) {
          throw new HttpProblem(
            "location_not_found",
            `There is no location ${unknown.slice(0, 10).join(", ")}.`,
          );
        }
        const locations = [...new Set(body.locations)].sort();
        return { body: await write(caller, { ...body, locations, groupId: params.groupId }, false) };
      },
    }),
    defineRoute({
      method: "DELETE",
      path: "/v1/location-groups/:groupId",
      tag: TAG,
      summary: "Take a group of locations back; refused while a rule names it",
      roles,
      params: paramsSchema,
      answer: { schema: locationGroupSchema, description: "The group that was taken back" },
      problems: ["location_group_not_found", "location_group_in_use"],
      async handle({ params, caller }) {
        const group = await find(params.groupId);
        const users = live.ruleSet().rules.filter(({ rule }) => rule.scope.locationGroup === group.groupId);
        if (users.length > 0) {
          throw new HttpProblem(
            "location_group_in_use",
            `${users.length} rules name the group ${group.groupId}.`,
            {
              rules: users.map(({ rule }) => rule.ruleId),
            },
          );
        }
        await write(caller, group, true);
        return { body: group };
      },
    }),
  ];
}
