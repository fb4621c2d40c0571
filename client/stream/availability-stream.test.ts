import { eventually } from "../../test/support/eventually.ts";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { AvailabilityItem } from "../../domain/availability/availability-item.ts";
import {
  type ClientFrame,
  clientFrameSchema,
  type ServerFrame,
} from "../../domain/availability/stream-frames.ts";
import { ApiProblem } from "../api-problem.ts";
import {
  type AvailabilityStream,
  type AvailabilityStreamOptions,
  openAvailabilityStream,
  type StreamEvent,
  type StreamStatus,
} from "./availability-stream.ts";

type Peer = { received: ClientFrame[]; send(frame: ServerFrame): void; hangUp(): void };
const cleanUps: (() => void)[] = [];

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

/** A real WebSocket server whose every step the test decides; a helpful one answers a subscription by itself, then is silent. */
async function startServer({ isHelpful = false } = {}) {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  const peers: Peer[] = [];
  server.on("connection", (socket) => {
    const peer: Peer = {
      received: [],
      send: (frame) => socket.send(JSON.stringify(frame)),
      hangUp: () => socket.terminate(),
    };
    socket.on("message", (data) => {
      const frame = clientFrameSchema.parse(JSON.parse((data as Buffer).toString("utf8")));
      peer.received.push(frame);
      if (isHelpful && frame.type === "subscribe") peer.send(snapshot(frame.id, 7, 2));
    });
    if (isHelpful) peer.send({ type: "ready", serverId: "a" });
    peers.push(peer);
  });
  cleanUps.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  const address = server.address() as { port: number };
  return { url: `ws://127.0.0.1:${address.port}`, peers };
}

function open(url: string, options: Partial<AvailabilityStreamOptions> = {}) {
  const events: StreamEvent[] = [];
  const statuses: StreamStatus[] = [];
  const stream: AvailabilityStream = openAvailabilityStream({
    url,
    WebSocket,
    backOff: { firstMs: 5, longestMs: 20 },
    onEvent: (event) => events.push(event),
    onStatus: (status) => statuses.push(status),
    ...options,
  });
  cleanUps.push(() => stream.stop());
  return { stream, events, states: () => statuses.map((status) => status.state), statuses };
}

function item(available: number): AvailabilityItem {
  return {
    gtin: "09506000134352",
    locationId: "S01",
    onHand: available,
    sellable: available,
    reserved: 0,
    safetyStock: 0,
    allocated: 0,
    available,
    isCapped: false,
    confidence: null,
    incoming: [],
    availableFrom: null,
    reasonCode: "in_stock",
    lastSeenAt: "2026-01-01T00:00:00.000Z",
  };
}

const subscribes = (peer: Peer) => peer.received.filter((frame) => frame.type === "subscribe");

async function subscribed(peers: Peer[], connection: number, count = 1): Promise<Peer> {
  await eventually(() => expect(peers.length).toBe(connection + 1));
  const peer = peers[connection]!;
  if (!peer.received.some((frame) => frame.type === "subscribe")) peer.send({ type: "ready", serverId: "a" });
  await eventually(() => expect(subscribes(peer).length).toBe(count));
  return peer;
}

function snapshot(id: string, revision: number, available: number): ServerFrame {
  return { type: "snapshot", id, serverId: "a", revision, part: 0, isLast: true, items: [item(available)] };
}

test("the ticket goes in the first frame, a new one for each connection", async () => {
  const { url, peers } = await startServer();
  let tickets = 0;
  open(url, { getTicket: async () => `ticket-${(tickets += 1)}` });
  const first = await subscribed(peers, 0);
  expect(first.received[0]).toEqual({ type: "authenticate", ticket: "ticket-1" });
  first.hangUp();
  const second = await subscribed(peers, 1);
  expect(second.received[0]).toEqual({ type: "authenticate", ticket: "ticket-2" });
});

test("it is live only once the snapshot is whole, and applies the changes that follow", async () => {
  const { url, peers } = await startServer();
  const { events, states } = open(url, { filter: { locations: ["S01"] } });
  const peer = await subscribed(peers, 0);
  expect(subscribes(peer)[0]).toEqual({ type: "subscribe", id: "1", locations: ["S01"] });
  peer.send({
    type: "snapshot",
    id: "1",
    serverId: "a",
    revision: 7,
    part: 0,
    isLast: false,
    items: [item(1)],
  });
  await eventually(() => expect(events).toEqual([{ type: "progress", received: 1, items: [item(1)] }]));
  expect(states()).toEqual(["connecting"]);
  peer.send({
    type: "snapshot",
    id: "1",
    serverId: "a",
    revision: 7,
    part: 1,
    isLast: true,
    items: [item(2)],
  });
  peer.send({ type: "changes", id: "1", fromRevision: 7, revision: 9, items: [item(3)] });
  await eventually(() => expect(events.at(-1)).toEqual({ type: "changes", revision: 9, items: [item(3)] }));
  expect(states()).toEqual(["connecting", "live"]);
});

test("after a break it resumes from the last revision it applied", async () => {
  const { url, peers } = await startServer();
  const { events, states } = open(url);
  const first = await subscribed(peers, 0);
  first.send(snapshot("1", 7, 2));
  first.send({ type: "changes", id: "1", fromRevision: 7, revision: 8, items: [item(3)] });
  await eventually(() => expect(events.length).toBe(2));
  first.hangUp();
  const second = await subscribed(peers, 1);
  expect(subscribes(second)[0]).toMatchObject({ id: "2", resumeFrom: { serverId: "a", revision: 8 } });
  second.send({ type: "changes", id: "2", fromRevision: 8, revision: 12, items: [item(5)] });
  await eventually(() => expect(states()).toEqual(["connecting", "live", "stale", "live"]));
  expect(events.at(-1)).toEqual({ type: "changes", revision: 12, items: [item(5)] });
});

test("a hole is never applied: it asks for what it missed, then for everything", async () => {
  const { url, peers } = await startServer();
  const { events } = open(url);
  const peer = await subscribed(peers, 0);
  peer.send(snapshot("1", 7, 2));
  peer.send({ type: "changes", id: "1", fromRevision: 8, revision: 9, items: [item(99)] });
  await subscribed(peers, 0, 2);
  expect(peer.received).toContainEqual({ type: "unsubscribe", id: "1" });
  expect(subscribes(peer)[1]).toEqual({
    type: "subscribe",
    id: "2",
    resumeFrom: { serverId: "a", revision: 7 },
  });
  peer.send({ type: "changes", id: "2", fromRevision: 8, revision: 10, items: [item(98)] });
  await subscribed(peers, 0, 3);
  expect(subscribes(peer)[2]).toEqual({ type: "subscribe", id: "3" });
  peer.send(snapshot("3", 11, 4));
  await eventually(() => expect(events.at(-1)).toMatchObject({ type: "snapshot", revision: 11 }));
  expect(events.some((event) => event.type === "changes")).toBe(false);
});

test("a silent connection is called stale and replaced", async () => {
  const { url, peers } = await startServer({ isHelpful: true });
  const { states } = open(url, { staleAfterMs: 300 });
  await eventually(() => expect(states().slice(0, 4)).toEqual(["connecting", "live", "stale", "live"]));
  expect(peers.length).toBeGreaterThan(1);
});

test("pings are answered and keep a quiet connection live", async () => {
  const { url, peers } = await startServer();
  const { states } = open(url, { staleAfterMs: 1000 });
  const peer = await subscribed(peers, 0);
  peer.send(snapshot("1", 7, 2));
  for (let n = 1; n <= 8; n += 1) {
    peer.send({ type: "ping", at: "2026-01-01T00:00:00.000Z", revision: 7 });
    await eventually(() => expect(peer.received.filter((frame) => frame.type === "pong").length).toBe(n));
  }
  expect(states()).toEqual(["connecting", "live"]);
});

test("a server that stays away is called offline, with the time it was last heard", async () => {
  const { url, peers } = await startServer();
  const { states, statuses } = open(url, { offlineAfterMs: 80 });
  const peer = await subscribed(peers, 0);
  peer.send(snapshot("1", 7, 2));
  await eventually(() => expect(states().at(-1)).toBe("live"));
  const hangUpAll = setInterval(() => {
    for (const each of peers) each.hangUp();
  }, 1);
  cleanUps.push(() => clearInterval(hangUpAll));
  await eventually(() => expect(states().at(-1)).toBe("offline"));
  expect(statuses.at(-1)?.lastHeardAtMs).toBeGreaterThan(Date.now() - 60_000);
});

test("a refusal is final: it says why and does not knock again", async () => {
  const { url, peers } = await startServer();
  const { stream, statuses } = open(url);
  await eventually(() => expect(peers.length).toBe(1));
  peers[0]!.send({ type: "error", code: "unauthenticated", detail: "The ticket was used before." });
  await eventually(() =>
    expect(statuses.at(-1)).toMatchObject({ state: "offline", problem: { code: "unauthenticated" } }),
  );
  stream.wake();
  expect(peers.length).toBe(1);
});

test("no ticket to be had (401) is final too", async () => {
  const { url } = await startServer();
  const body = {
    type: "about:blank",
    title: "Unauthorized",
    status: 401,
    detail: "",
    code: "unauthenticated",
    members: {},
  };
  const { statuses } = open(url, { getTicket: () => Promise.reject(new ApiProblem(body)) });
  await eventually(() =>
    expect(statuses.at(-1)).toMatchObject({ state: "offline", problem: { code: "unauthenticated" } }),
  );
});
