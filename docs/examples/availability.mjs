import { createOnhandClient } from "onhand/client";

const client = createOnhandClient({ baseUrl: process.env.STOCK_URL, key: process.env.STOCK_KEY });

const { items } = await client.availability.get("04006381333931", { channel: "web" });
for (const { locationId, available, reasonCode } of items) {
  console.log(`${locationId}: ${available} (${reasonCode})`);
}
