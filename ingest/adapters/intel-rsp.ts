import { parseReaderTime } from "../../domain/reader-time.ts";
import {
  addControl,
  addHeartbeat,
  brief,
  isJsonObject,
  type JsonObject,
  type MessageParts,
  refuseRead,
} from "./message-parts.ts";
import { antennaOf, epcFromHex, readerIdOf, rssiDbmOf, timeOf } from "./read-fields.ts";
import type { ControlSign } from "./understood.ts";

/** Intel RSP sensors and their controller: JSON-RPC, `{jsonrpc, method, params}`. */
export function isIntelRsp(message: JsonObject): boolean {
  return typeof message["method"] === "string" && typeof message["jsonrpc"] === "string";
}

/** `inventory_data`: EPC in hex, RSSI in 1/10 dBm, antennas from 0, epoch ms. Other methods are what a sensor says of itself. */
export function takeIntelRsp(message: JsonObject, index: number, parts: MessageParts): void {
  parts.format ??= "intel-rsp";
  const method = typeof message["method"] === "string" ? message["method"].slice(0, 60) : "";
  const params = isJsonObject(message["params"]) ? message["params"] : {};
  const readerId = readerIdOf(params["device_id"]);
  const sentAtMs = parseReaderTime(params["sent_on"]);
  if (method !== "inventory_data") {
    takeNotice(method, params, readerId, sentAtMs, parts);
    return;
  }
  parts.sentAtMs = sentAtMs;
  const data: unknown[] = Array.isArray(params["data"]) ? params["data"] : [];
  for (const read of data) {
    if (!isJsonObject(read)) {
      refuseRead(parts, index, "read_without_epc", "an entry of data is not an object");
      continue;
    }
    const epcHex = epcFromHex(read["epc"], parts, index);
    if (epcHex === "") continue;
    const observedAtMs = timeOf(read["last_read_on"], params["sent_on"], parts, index);
    if (Number.isNaN(observedAtMs)) continue;
    parts.reads.push({
      epcHex,
      observedAtMs,
      rssiDbm: rssiDbmOf(read["rssi"], 0.1),
      antenna: antennaOf(read["antenna_id"]),
      readerId,
      readCount: 1,
    });
  }
}

function takeNotice(
  method: string,
  params: JsonObject,
  readerId: string | null,
  sentAtMs: number,
  parts: MessageParts,
): void {
  if (method === "heartbeat") {
    addHeartbeat(parts, "intel-rsp", sentAtMs, { readerId });
    return;
  }
  const isAlert = method === "device_alert" || method === "controller_alert";
  const detail = isAlert ? brief(params) : `${method} ${brief(params)}`;
  const control = isAlert ? "alert" : method === "status_update" ? "status" : "unknown";
  addControl(parts, "intel-rsp", control, detail, sentAtMs, {
    readerId,
    level: isAlert ? levelOf(params["severity"]) : "info",
  });
}

function levelOf(severity: unknown): ControlSign["level"] {
  if (severity === "critical" || severity === "urgent" || severity === "error") return "error";
  return severity === "info" ? "info" : "warning";
}
