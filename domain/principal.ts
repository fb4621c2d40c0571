/**
 * What a key may be. `internal` is our own processes (ingest, server); it is never given to a device or a person.
 * The others are the roles of `POST /v1/keys`.
 */
export const KEY_ROLES = [
  "device",
  "storefront",
  "store",
  "merchandiser",
  "analyst",
  "admin",
  "internal",
] as const;
export type KeyRole = (typeof KEY_ROLES)[number];

/** Who is at the other end of a connection. `keyId` is the MQTT user name; `locationId` holds a device to its place. */
export type Principal = { keyId: string; role: KeyRole; locationId: string | null };
