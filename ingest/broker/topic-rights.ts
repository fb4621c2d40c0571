import type { Principal } from "../../domain/principal.ts";
import { INTAKE_KINDS } from "../intake/intake-topics.ts";
import { filterCovers } from "./topic-filter.ts";

export type TopicGrant = { access: "publish" | "subscribe"; filter: string };

/**
 * What a key may do on MQTT. This one list is both the embedded broker's judgement and Mosquitto's ACL file.
 *
 * - `device` publishes what happens in its own location, and reads what became of it. With the embedded broker its
 *   receipts come under its key id; another broker does not tell us who published, so they come under location and
 *   source there: a device that wants to read them uses its key id as its source.
 * - `store` hears of its location's tasks and alerts, and says what becomes of tasks. Receipts of that come under location and
 *   device: one that wants to read them uses its key id as its device.
 * - `storefront` tells of its orders under its key id, and reads their receipts.
 * - `admin` reads everything, to look into a running system, and publishes nothing: what a person changes goes through
 *   HTTP, where it is audited.
 * - `internal` (ingest, server) may do everything under the root.
 * - All others have no business here.
 */
export function topicGrants(principal: Principal, root: string): TopicGrant[] {
  const { keyId, locationId } = principal;
  switch (principal.role) {
    case "device":
      if (locationId === null) return [];
      return [
        ...INTAKE_KINDS.map(
          (kind): TopicGrant => ({ access: "publish", filter: `${root}/${locationId}/${kind}/+` }),
        ),
        { access: "subscribe", filter: `${root}/receipts/${keyId}` },
        { access: "subscribe", filter: `${root}/receipts/${locationId}.${keyId}` },
      ];
    case "admin":
      return [{ access: "subscribe", filter: `${root}/#` }];
    case "internal":
      return [
        { access: "publish", filter: `${root}/#` },
        { access: "subscribe", filter: `${root}/#` },
      ];
    case "store":
      if (locationId === null) return [];
      return [
        { access: "publish", filter: `${root}/${locationId}/tasks/+` },
        { access: "subscribe", filter: `${root}/${locationId}/tasks` },
        { access: "subscribe", filter: `${root}/${locationId}/alerts` },
        { access: "subscribe", filter: `${root}/receipts/${locationId}.${keyId}` },
      ];
    case "storefront":
      return [
        { access: "publish", filter: `${root}/orders/${keyId}` },
        { access: "subscribe", filter: `${root}/receipts/${keyId}` },
      ];
    case "merchandiser":
    case "analyst":
      return [];
    default:
      return refuseUnknownRole(principal.role);
  }
}

export function mayPublish(principal: Principal, topic: string, root: string): boolean {
  return isGranted(principal, "publish", topic, root);
}

/** `filter` may hold wildcards; it is allowed only when all it can match is. */
export function maySubscribe(principal: Principal, filter: string, root: string): boolean {
  return isGranted(principal, "subscribe", filter, root);
}

function isGranted(principal: Principal, access: TopicGrant["access"], asked: string, root: string): boolean {
  return topicGrants(principal, root).some(
    (grant) => grant.access === access && filterCovers(grant.filter, asked),
  );
}

/** A role that a newer version wrote opens nothing here. */
function refuseUnknownRole(_role: never): TopicGrant[] {
  return [];
}
