import { ErrorWithReasonCode, type MqttClient } from "mqtt";

/** "Unacceptable protocol version" of 3.1.1, and "Unsupported Protocol Version" of 5. */
const REFUSAL_CODES: ReadonlySet<number> = new Set([1, 132]);
/** Brokers that know only 3.1.1 may hang up instead of answering; so does one that is just going down. */
const SILENT_CLOSES = 3;

/**
 * Makes a client that began with MQTT 5 go on with 3.1.1 once the broker has refused 5, or has closed several
 * connections without an answer. It stays so until the process ends.
 */
export function applyProtocolFallBack(client: MqttClient, onFallBack: () => void): void {
  let hasAnswered = false;
  let silentCloses = 0;
  const fallBack = (): void => {
    if (hasAnswered || client.options.protocolVersion !== 5) return;
    client.options.protocolVersion = 4;
    onFallBack();
  };
  client.on("connect", () => {
    hasAnswered = true;
  });
  client.on("error", (error) => {
    if (error instanceof ErrorWithReasonCode && REFUSAL_CODES.has(error.code)) fallBack();
    // Nobody listens there: that says nothing about versions.
    else silentCloses = -1;
  });
  client.on("close", () => {
    silentCloses += 1;
    if (silentCloses >= SILENT_CLOSES) fallBack();
  });
}
