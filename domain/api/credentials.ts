import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";

/** What a key or a signed-in person may do. The rights of each are a table in the server's route list and in /docs. */
export const ROLES = ["device", "storefront", "store", "merchandiser", "analyst", "admin"] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** Keys of these roles are for one location. */
export function isHeldToLocation(role: string): boolean {
  return role === "device" || role === "store";
}

/** `GET /v1/session`: who is asking. `expiresAt` is null for a key. */
export const sessionSchema = z.object({
  /** The server shows a simulated chain. */
  isDemo: z.boolean(),
  actor: z.string(),
  role: roleSchema,
  locationId: idSchema.nullable(),
  expiresAt: instantSchema.nullable(),
  serverId: z.string(),
});
export type Session = z.infer<typeof sessionSchema>;

/** `POST /v1/tickets`: good for one socket, in its first frame, until `expiresAt`. */
export const ticketSchema = z.object({ ticket: z.string(), expiresAt: instantSchema });
export type Ticket = z.infer<typeof ticketSchema>;

const originSchema = z
  .string()
  .regex(
    /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/,
    "an origin is scheme and host, such as https://shop.example, without a path",
  );

export const createKeySchema = z.object({
  role: roleSchema,
  name: z.string().max(200).default(""),
  /** The one location that a device speaks for, or a store works for. */
  locationId: idSchema.nullable().default(null),
  /** Makes a storefront key publishable: usable in browsers on exactly these origins, capped and rate limited. */
  origins: z.array(originSchema).max(50).default([]),
});

/** A key as it is listed: never with its secret. `keyId` is also the MQTT user name. */
export const apiKeySchema = z.object({
  keyId: z.string(),
  role: z.string(),
  name: z.string(),
  locationId: idSchema.nullable(),
  origins: z.array(z.string()),
  createdAt: instantSchema,
  revokedAt: instantSchema.nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

export const apiKeysSchema = z.object({ items: z.array(apiKeySchema) });

/** The only answer that carries the secret. `token` is the bearer key, `secret` its part that is the MQTT password. */
export const createdKeySchema = apiKeySchema.extend({ token: z.string(), secret: z.string() });
export type CreatedKey = z.infer<typeof createdKeySchema>;

/** `POST /v1/login-codes`: an admin's rights unless said otherwise; those of a store need the one location they are for. */
export const loginCodeWishSchema = z
  .object({
    role: z.enum(["store", "admin"]).default("admin"),
    locationId: idSchema.nullable().default(null),
  })
  .refine((wish) => isHeldToLocation(wish.role) === (wish.locationId !== null), {
    message: "a link for a store names its location, a link for an admin names none",
    path: ["locationId"],
  });

/** The answer of `POST /v1/login-codes`: a link that signs one browser in, once. */
export const loginCodeSchema = z.object({ path: z.string(), expiresAt: instantSchema });
