import { z } from "zod";
import {
  apiKeySchema,
  apiKeysSchema,
  createdKeySchema,
  createKeySchema,
  isHeldToLocation,
} from "../../domain/api/credentials.ts";
import { defineRoute, type Route } from "../http/route.ts";
import type { NoteChange } from "../master-data/change.ts";
import { HttpProblem } from "../problems.ts";
import type { KeyStore } from "./key-store.ts";

const TAG = "Keys";

export function createKeyRoutes(deps: { keys: KeyStore; noteChange: NoteChange }): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/v1/keys",
      tag: TAG,
      summary: "List keys, without their secrets",
      roles: ["admin"],
      answer: { schema: apiKeysSchema, description: "All keys, revoked ones too" },
      handle: () => ({ body: { items: deps.keys.list() } }),
    }),
    defineRoute({
      method: "POST",
      path: "/v1/keys",
      tag: TAG,
      summary: "Create a key; its secret is shown here and never again",
      description:
        "A key of a device or a store needs a location; its id is the MQTT user name, its secret the password. A storefront " +
        "key with `origins` is publishable: for browsers on these origins, with capped quantities and a rate limit.",
      roles: ["admin"],
      body: createKeySchema,
      answer: { status: 201, schema: createdKeySchema, description: "The key with its secret" },
      async handle({ body, caller }) {
        const isOfPlace = isHeldToLocation(body.role);
        if (isOfPlace && body.locationId === null) {
          throw new HttpProblem(
            "invalid_request",
            "A key of a device or a store needs the locationId it is for.",
          );
        }
        if (!isOfPlace && body.locationId !== null) {
          throw new HttpProblem(
            "invalid_request",
            "Only a key of a device or a store is held to a location.",
          );
        }
        if (body.role !== "storefront" && body.origins.length > 0) {
          throw new HttpProblem("invalid_request", "Only a storefront key can be published to browsers.");
        }
        const created = await deps.keys.create(body);
        const { token: _token, secret: _secret, ...detail } = created;
        await deps.noteChange(caller, { area: "keys", action: "key.create", subject: created.keyId, detail });
        return { status: 201, body: created };
      },
    }),
    defineRoute({
      method: "DELETE",
      path: "/v1/keys/:keyId",
      tag: TAG,
      summary: "Revoke a key, for good; requests and sockets with it end within a second",
      roles: ["admin"],
      params: z.object({ keyId: z.string().max(100) }),
      answer: { schema: apiKeySchema, description: "The revoked key" },
      problems: ["key_not_found"],
      async handle({ params, caller }) {
        const revoked = await deps.keys.revoke(params.keyId);
        if (revoked === null) throw new HttpProblem("key_not_found", `There is no key ${params.keyId}.`);
        await deps.noteChange(caller, {
          area: "keys",
          action: "key.revoke",
          subject: revoked.keyId,
          detail: { revokedAt: revoked.revokedAt },
        });
        return { body: revoked };
      },
    }),
  ];
}
