import { ApiProblem, createOnhandClient } from "onhand/client";

const client = createOnhandClient({ baseUrl: process.env.STOCK_URL, key: process.env.STOCK_KEY });

async function hold(locationId, quantity) {
  const lines = [{ gtin: "04006381333931", quantity, locationId }];
  try {
    return await client.reservations.hold({ lines, ttlSeconds: 600, channel: "web" });
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== "insufficient_availability") throw error;
    const [{ available, alternatives }] = error.lines;
    console.log(
      `${locationId} has ${available}; try ${alternatives.map((one) => one.locationId).join(", ")}`,
    );
    return null;
  }
}

await hold("S01", 100);
const held = await hold("S01", 1);
console.log(`held until ${held.expiresAt}`);
const confirmed = await client.reservations.confirm(held.reservationId, { orderId: "web-10021" });
console.log(`${confirmed.status} for ${confirmed.orderId}`);
await client.reservations.release(held.reservationId, { reason: "cancelled" });
