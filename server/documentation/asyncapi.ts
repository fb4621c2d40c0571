import { z } from "zod";
import { alertSchema } from "../../domain/alert.ts";
import { settingsMessageSchema } from "../../domain/api/master-data-answers.ts";
import { clientFrameSchema, serverFrameSchema } from "../../domain/availability/stream-frames.ts";
import { stockEventSchema, tillEventSchema } from "../../domain/events/stock-event.ts";
import {
  movementsMessageSchema,
  sequenceMessageSchema,
  sightingsMessageSchema,
} from "../../domain/movement.ts";
import { readerHealthMessageSchema } from "../../domain/reader.ts";
import { receiptSchema } from "../../domain/receipt.ts";
import { orderMessageSchema } from "../../domain/orders/order-messages.ts";
import { taskMessageSchema } from "../../domain/tasks/task-commands.ts";
import {
  taskChangeSchema,
  taskClientFrameSchema,
  taskServerFrameSchema,
} from "../../domain/tasks/task-frames.ts";
import { webhookBodySchema } from "../../domain/webhooks/webhook.ts";
import { WEBHOOK_EVENT_TYPES } from "../../domain/webhooks/webhook-event-types.ts";
import { TASK_STREAM_PATH } from "../tasks/task-sockets.ts";
import { EVENT_STREAM_PATH } from "../stream/event-stream-route.ts";
import { STREAM_PATH } from "../stream/stream-route.ts";
import { toSchema } from "./openapi.ts";

/** One MQTT topic, the WebSocket or the event stream. `direction` as seen by Onhand: it receives what devices send. */
type Channel = {
  name: string;
  address: string;
  direction: "receive" | "send";
  summary: string;
  schema: z.ZodType;
  isRetained?: boolean;
  server?: "websocket" | "http" | "webhook";
};

const ownReadSchema = z
  .looseObject({
    epc: z.string().meta({ description: "Hex of the whole code word" }),
    antenna: z.number().int().optional(),
    rssiDbm: z.number().optional(),
    lastSeenAt: z.iso.datetime({ offset: true }).optional(),
    reader: z.string().optional(),
  })
  .meta({ description: "Onhand's own read. One, an array, or lines" });
const anyReaderMessageSchema = z.union([
  ownReadSchema,
  z.array(ownReadSchema),
  z.looseObject({}).meta({
    description: "A message of any other format of docs/readers.md, or of one that a mapping describes",
  }),
]);
const statusSchema = z.union([z.enum(["online", "offline"]), z.looseObject({})]);

function channels(root: string): Channel[] {
  const at = (topic: string) => `${root}/${topic}`;
  return [
    {
      name: "reads",
      address: at("{location}/rfid/{reader}"),
      direction: "receive",
      summary: "Tag reads as the reader sends them; the format is recognised per message",
      schema: anyReaderMessageSchema,
    },
    {
      name: "tillEvents",
      address: at("{location}/pos/{terminal}"),
      direction: "receive",
      summary: "Sale, return, exchange, void",
      schema: tillEventSchema,
    },
    {
      name: "stockEvents",
      address: at("{location}/stock/{source}"),
      direction: "receive",
      summary:
        "Receipt, adjustment, position; transfer out and in, expected receipt, change of state; count: start, reads, end, decision",
      schema: stockEventSchema,
    },
    {
      name: "orders",
      address: at("orders/{source}"),
      direction: "receive",
      summary: "An order's life outside: placed, changed, cancelled, shipped, delivered, returned",
      schema: orderMessageSchema,
    },
    {
      name: "movements",
      address: at("{location}/movements"),
      direction: "send",
      summary: "Movements with the location's sequence, after they are durable",
      schema: movementsMessageSchema,
    },
    {
      name: "alerts",
      address: at("{location}/alerts"),
      direction: "send",
      summary:
        "What a person should look at now: a loss, a count that waits for a decision, a hold at risk, late work",
      schema: alertSchema,
    },
    {
      name: "tasks",
      address: at("{location}/tasks"),
      direction: "send",
      summary:
        "Work for the store's staff: each change of a task, and all that is open when the server begins",
      schema: taskChangeSchema,
    },
    {
      name: "taskCommands",
      address: at("{location}/tasks/{task}"),
      direction: "receive",
      summary: "What staff say of a task; eventId makes a repeat harmless, and names the receipt",
      schema: taskMessageSchema,
    },
    {
      name: "sequence",
      address: at("{location}/sequence"),
      direction: "send",
      isRetained: true,
      summary: "The last sequence committed, so that a follower also notices the last movement missing",
      schema: sequenceMessageSchema,
    },
    {
      name: "sightings",
      address: at("{location}/sightings"),
      direction: "send",
      summary: "When each product was last physically seen",
      schema: sightingsMessageSchema,
    },
    {
      name: "readers",
      address: at("{location}/readers"),
      direction: "send",
      summary: "Readers' health",
      schema: readerHealthMessageSchema,
    },
    {
      name: "receipts",
      address: at("receipts/{client}"),
      direction: "send",
      summary: "What became of each event: accepted, duplicate, late, or rejected with a code",
      schema: receiptSchema,
    },
    {
      name: "settings",
      address: at("settings"),
      direction: "send",
      isRetained: true,
      summary: "Master data changed: read the named tables again",
      schema: settingsMessageSchema,
    },
    {
      name: "status",
      address: at("status/{component}"),
      direction: "send",
      isRetained: true,
      summary: "online, or offline by last will",
      schema: statusSchema,
    },
    {
      name: "streamRequests",
      address: STREAM_PATH,
      direction: "receive",
      server: "websocket",
      summary: "What a client sends: authenticate first (unless a cookie or header did), then subscribe",
      schema: clientFrameSchema,
    },
    {
      name: "streamFrames",
      address: STREAM_PATH,
      direction: "send",
      server: "websocket",
      summary:
        "Snapshots in parts, then changes. A frame whose fromRevision is above the revision you hold shows a hole: " +
        "subscribe again. Resume with resumeFrom {serverId, revision}; another server answers with a snapshot",
      schema: serverFrameSchema,
    },
    {
      name: "streamEvents",
      address: EVENT_STREAM_PATH,
      direction: "send",
      server: "http",
      summary:
        "The same frames as server-sent events, each in `data`; `id` is serverId.revision and resumes as Last-Event-ID",
      schema: serverFrameSchema,
    },
    {
      name: "taskStreamRequests",
      address: TASK_STREAM_PATH,
      direction: "receive",
      server: "websocket",
      summary:
        "What a store's device sends: authenticate first (unless a cookie or header did), then subscribe",
      schema: taskClientFrameSchema,
    },
    {
      name: "taskStreamFrames",
      address: TASK_STREAM_PATH,
      direction: "send",
      server: "websocket",
      summary: "All open tasks of the location after subscribe, then each change",
      schema: taskServerFrameSchema,
    },
    {
      name: "webhooks",
      address: "/the/path/of/your/webhook",
      direction: "send",
      server: "webhook",
      summary:
        "What is posted to a webhook, signed by the headers of Standard Webhooks; at least once, in no order. " +
        `Types: ${Object.keys(WEBHOOK_EVENT_TYPES).join(", ")}`,
      schema: webhookBodySchema,
    },
  ];
}

/** AsyncAPI 3.0 of the MQTT topics, the WebSocket and the event stream, made of the schemas that validate them. */
export function createAsyncApi(root: string, version: string) {
  const list = channels(root);
  const entries = list.map((channel) => [channel.name, channelOf(channel)] as const);
  const operations = list.map((channel) => [
    `${channel.direction}${channel.name.slice(0, 1).toUpperCase()}${channel.name.slice(1)}`,
    {
      action: channel.direction,
      summary: channel.summary,
      channel: { $ref: `#/channels/${channel.name}` },
      ...(channel.server === undefined
        ? { bindings: { mqtt: { qos: 1, retain: channel.isRetained === true, bindingVersion: "0.2.0" } } }
        : {}),
    },
  ]);
  return {
    asyncapi: "3.0.0",
    info: { title: "Onhand", version, description: "MQTT topics (QoS 1) and the availability stream." },
    defaultContentType: "application/json",
    servers: {
      mqtt: { host: "localhost:1883", protocol: "mqtt", description: "The embedded broker, or your own" },
      websocket: { host: "localhost:8080", protocol: "ws" },
      http: { host: "localhost:8080", protocol: "http", description: "Server-sent events" },
      webhook: { host: "your.server.example", protocol: "https", description: "The address of your webhook" },
    },
    channels: Object.fromEntries(entries),
    operations: Object.fromEntries(operations),
  };
}

function channelOf(channel: Channel) {
  const parameters = [...channel.address.matchAll(/\{([a-z]+)\}/g)].map(([, name = ""]) => [
    name,
    { description: "1 to 64 characters of A-Z a-z 0-9 . _ -" },
  ]);
  const io = channel.direction === "receive" ? "input" : "output";
  return {
    address: channel.address,
    summary: channel.summary,
    servers: [{ $ref: `#/servers/${channel.server ?? "mqtt"}` }],
    ...(parameters.length === 0 ? {} : { parameters: Object.fromEntries(parameters) }),
    messages: { [channel.name]: { contentType: "application/json", payload: toSchema(channel.schema, io) } },
  };
}
