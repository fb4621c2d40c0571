import { createOnhandClient } from "onhand/client";

const client = createOnhandClient({ baseUrl: process.env.STOCK_URL, key: process.env.STOCK_KEY });

const stream = client.availability.stream({
  // Node before 22 has no WebSocket of its own; server-sent events need none.
  transport: "events",
  filter: { gtins: ["04006381333931"], channel: "web", thresholds: [0, 5] },
  onEvent({ type, items }) {
    for (const { locationId, available } of items) console.log(`${type}: ${locationId} has ${available}`);
    stream.stop();
  },
  onStatus({ state, problem }) {
    console.log(problem === null ? state : `${state}: ${problem.detail}`);
  },
});
