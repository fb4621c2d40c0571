/** Asks a running system as an administrator; throws with the problem's text when it refuses. */
export function createApi(system: { url: string; token: string }) {
  return async function ask<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(new URL(path, system.url), {
      method,
      headers: { authorization: `Bearer ${system.token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === "" ? null : JSON.parse(text)) as Answer;
  };
}

export type Api = ReturnType<typeof createApi>;

const zoneKinds = ["dock", "backroom", "sales_floor", "fitting_room", "pos", "exit"] as const;

type StoreNames = { locationId?: string; readerId?: string; gtin?: string };

/** One store with all kinds of zones (antenna 1 looks at the dock, 2 at the back room, …), one product, one reader. */
export function storeOf({
  locationId = "store-1",
  readerId = "reader-1",
  gtin = "80614141123458",
}: StoreNames = {}) {
  return {
    product: { gtin, name: "Wool scarf, grey" },
    location: {
      locationId,
      name: "Old Town",
      zones: zoneKinds.map((kind) => ({ zoneId: kind, name: kind, kind })),
    },
    reader: {
      locationId,
      readerId,
      antennas: Object.fromEntries(zoneKinds.map((zoneId, index) => [String(index + 1), zoneId])),
    },
  };
}

/** Tells the server of `storeOf`. Ingest hears of it a moment later: reads before that wait, and are taken then. */
export async function seedStore(
  api: Api,
  names: StoreNames = {},
): Promise<{ locationId: string; readerId: string; gtin: string }> {
  const { product, location, reader } = storeOf(names);
  const { locationId, readerId } = reader;
  await api("PUT", `/v1/products/${product.gtin}`, product);
  await api("PUT", `/v1/locations/${locationId}`, location);
  await api("PUT", `/v1/readers/${locationId}/${readerId}`, reader);
  return { locationId, readerId, gtin: product.gtin };
}
