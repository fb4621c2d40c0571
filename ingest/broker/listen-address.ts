import { isIP } from "node:net";

export type ListenAddress = { host: string; port: number };

/** Whether only programs on this machine can reach an address. */
export function isLoopback(host: string): boolean {
  if (host === "localhost" || host === "::1") return true;
  return isIP(host) === 4 && host.startsWith("127.");
}

/** Why a listener without TLS may not be opened, or null. Keys would cross the network for anyone to read. */
export function plainListenerProblem(address: ListenAddress, isInsecureLanAllowed: boolean): string | null {
  if (isInsecureLanAllowed || isLoopback(address.host)) return null;
  return (
    `MQTT is to listen on ${address.host}:${address.port} without TLS, where keys and stock would cross the network readable. ` +
    "Nothing was opened. Give it a certificate (MQTT_LISTEN_CERT_FILE, MQTT_LISTEN_KEY_FILE), listen on 127.0.0.1, " +
    "or accept the risk on a network of your own with INSECURE_LAN=true."
  );
}
