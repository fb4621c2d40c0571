import type { Simulation } from "../../simulators/simulation.ts";
import type { RunningSystem } from "./whole-system.ts";

/** Writes the chain's locations, products and readers through the API. Rejects where one is refused. */
export async function writeMasterData(
  simulation: Simulation,
  system: Pick<RunningSystem, "url" | "token">,
): Promise<void> {
  const ask = async (method: string, path: string, contentType: string, body: string) => {
    const response = await fetch(new URL(path, system.url), {
      method,
      headers: { authorization: `Bearer ${system.token}`, "content-type": contentType },
      body,
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`The demo's master data was refused: ${answer}`);
  };
  const lines = (records: readonly unknown[]) =>
    records.map((record) => `${JSON.stringify(record)}\n`).join("");
  const imports = "/v1/admin/imports";
  await ask("POST", `${imports}/products?source=demo`, "application/x-ndjson", lines(simulation.products));
  // One by one: an import of locations does not take what they offer for pickup.
  for (const location of simulation.locations) {
    const path = `/v1/locations/${location.locationId}`;
    await ask("PUT", path, "application/json", JSON.stringify(location));
  }
  for (const reader of simulation.readers) {
    const path = `/v1/readers/${reader.locationId}/${reader.readerId}`;
    await ask("PUT", path, "application/json", JSON.stringify(reader));
  }
}
