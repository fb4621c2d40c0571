import type { AedesOptions, AuthenticateError, Client } from "aedes";
import type { Logger } from "pino";
import { Socket } from "node:net";
import type { Principal } from "../../domain/principal.ts";
import type { AuthThrottle } from "./auth-throttle.ts";
import type { BrokerMetrics } from "./broker-metrics.ts";

/** CONNACK return codes of MQTT 3.1.1. */
const IDENTIFIER_REJECTED = 2;
const SERVER_UNAVAILABLE = 3;
const BAD_USER_OR_PASSWORD = 4;
/** A device that is refused comes back at once, for ever: its line is written so often. */
const LOG_EVERY_MS = 60_000;
const MAX_LOGGED = 10_000;

export type Gatekeeper = {
  authenticate: NonNullable<AedesOptions["authenticate"]>;
  reportDenied(principal: Principal, access: "publish" | "subscribe", topic: string): void;
};

/** Lets clients in by their key, and tells people whom it turned away. Passwords are in no log. */
export function createGatekeeper(deps: {
  authenticate(user: string, password: string): Promise<Principal | null | "busy">;
  throttle: AuthThrottle;
  isFull: () => boolean;
  isClientIdTaken: (clientId: string, keyId: string) => boolean;
  onAdmitted: (client: Client, principal: Principal) => void;
  logger: Logger;
  metrics: BrokerMetrics;
}): Gatekeeper {
  const { throttle, logger, metrics } = deps;
  const lastLoggedMs = new Map<string, number>();

  const isTimeToLog = (about: string): boolean => {
    const nowMs = Date.now();
    if (nowMs - (lastLoggedMs.get(about) ?? Number.NEGATIVE_INFINITY) < LOG_EVERY_MS) return false;
    if (lastLoggedMs.size >= MAX_LOGGED) lastLoggedMs.clear();
    lastLoggedMs.set(about, nowMs);
    return true;
  };

  const judge = async (client: Client, user: string, password: string): Promise<Principal | Rejection> => {
    const address = addressOf(client);
    if (throttle.isWaiting(address, user)) return { reason: "throttled", returnCode: SERVER_UNAVAILABLE };
    if (deps.isFull()) return { reason: "full", returnCode: SERVER_UNAVAILABLE };
    const principal = await deps.authenticate(user, password);
    if (principal === "busy") return { reason: "busy", returnCode: SERVER_UNAVAILABLE };
    if (principal === null) {
      throttle.failed(address, user);
      return { reason: "wrong_key", returnCode: BAD_USER_OR_PASSWORD };
    }
    throttle.succeeded(address, user);
    // Else any device could throw out another by taking its name.
    if (deps.isClientIdTaken(client.id, principal.keyId)) {
      return { reason: "client_id_taken", returnCode: IDENTIFIER_REJECTED };
    }
    return principal;
  };

  return {
    authenticate(client, username, password, answer) {
      const user = username ?? "";
      judge(client, user, password?.toString("utf8") ?? "").then(
        (judgement) => {
          if (!("reason" in judgement)) {
            if (!client.closed) deps.onAdmitted(client, judgement);
            return answer(null, true);
          }
          metrics.rejectedConnections.inc({ reason: judgement.reason });
          const about = { user: user.slice(0, 64), address: addressOf(client), reason: judgement.reason };
          if (isTimeToLog(JSON.stringify(about))) {
            logger.warn(
              about,
              "MQTT connection refused: what this client would report is missing from stock.",
            );
          }
          answer(refusal(judgement), false);
        },
        (error: unknown) => {
          logger.error({ err: error }, "A key could not be checked: the client is asked to come back.");
          answer(refusal({ reason: "busy", returnCode: SERVER_UNAVAILABLE }), false);
        },
      );
    },
    reportDenied(principal, access, topic) {
      metrics.denied.inc({ access });
      const { keyId, role, locationId } = principal;
      if (!isTimeToLog(`${keyId} ${access} ${topic}`)) return;
      const words =
        access === "publish"
          ? "A client published where its key may not: refused and disconnected; its message is not in stock. Mend its topic or its key's location."
          : "A client subscribed to what its key may not read: refused.";
      logger.warn({ keyId, role, locationId, topic }, words);
    },
  };
}

type Rejection = {
  reason: "throttled" | "full" | "busy" | "wrong_key" | "client_id_taken";
  returnCode: 2 | 3 | 4;
};

function refusal({ reason, returnCode }: Rejection): AuthenticateError {
  // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- aedes' const enum cannot be read across modules.
  return Object.assign(new Error(reason), { returnCode });
}

function addressOf(client: Client): string {
  return client.conn instanceof Socket ? (client.conn.remoteAddress ?? "") : "";
}
