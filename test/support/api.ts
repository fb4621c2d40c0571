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

const zones = ["dock", "backroom", "sales_floor", "fitting_room", "pos", "exit"] as const;

/** One store with all kinds of zones (antenna 1 looks at the dock, 2 at the back room, …), one product, one reader. */
export async function seedStore(
  api: Api,
  options: { locationId?: string; readerId?: string; gtin?: string } = {},
): Promise<{ locationId: string; readerId: string; gtin: string }> {
  const { locationId = "store-1", readerId = "reader-1", gtin = "80614141123458" } = options;
  await api("PUT", `/v1/products/${gtin}`, { gtin, name: "Wool scarf, grey" });
  await api("PUT", `/v1/locations/${locationId}`, {
    locationId,
    name: "Old Town",
    zones: zones.map((kind) => ({ zoneId: kind, name: kind, kind })),
  });
  await api("PUT", `/v1/readers/${locationId}/${readerId}`, {
    locationId,
    readerId,
    antennas: Object.fromEntries(zones.map((zoneId, index) => [String(index + 1), zoneId])),
  });
  return { locationId, readerId, gtin };
}
