import type { IClientOptions } from "mqtt";
import type { ReconnectBackOff } from "./reconnect-back-off.ts";

/** How to reach a broker. The composition root reads it from the environment, files included. */
export type MqttConnection = {
  /** `mqtt://host:1883` or `mqtts://host:8883`. Credentials belong in `username` and `password`, not here. */
  url: string;
  username?: string;
  password?: string;
  /** `auto` tries 5 and falls back to 3.1.1 (4 on the wire) when the broker refuses it. Default `auto`. */
  protocolVersion?: 5 | 4 | "auto";
  /** PEM texts. `servername` when the certificate names another host than the URL. */
  tls?: { ca?: string; cert?: string; key?: string; servername?: string };
  /** Seconds; default 30. A broker that does not answer for 1.5 times as long is left. */
  keepaliveSeconds?: number;
  /** Default 10 s. */
  connectTimeoutMs?: number;
  /** Default 500 ms to 30 s. */
  backOff?: ReconnectBackOff;
};

/** The options common to every mqtt.js client of ours; the caller adds client id, session and will. */
export function mqttClientOptions(connection: MqttConnection): IClientOptions {
  const { username, password, tls = {} } = connection;
  return {
    protocolVersion: connection.protocolVersion === 4 ? 4 : 5,
    keepalive: connection.keepaliveSeconds ?? 30,
    connectTimeout: connection.connectTimeoutMs ?? 10_000,
    // A refusal (wrong password, broker not ready) may be mended while we run.
    reconnectOnConnackError: true,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...tls,
  };
}

/** A broker's URL fit for a log: without user, password and query. */
export function printableUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed === null ? "(not a URL)" : `${parsed.protocol}//${parsed.host}`;
}

/** What is wrong with a broker URL, or null. */
export function brokerUrlProblem(url: string): string | null {
  if (!URL.canParse(url)) return "it is not a URL";
  const { protocol, hostname } = new URL(url);
  if (!["mqtt:", "mqtts:", "tcp:", "ssl:", "ws:", "wss:"].includes(protocol)) {
    return `it begins with ${protocol}// instead of mqtt:// or mqtts://`;
  }
  return hostname === "" ? "it names no host" : null;
}
