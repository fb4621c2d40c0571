import { afterAll, beforeAll, describe, expect, it, onTestFailed } from "vitest";
import type { DeadLettersPage, ReplayJob } from "../../domain/api/dead-letters.ts";
import { deadLetterId } from "../../ingest/pipeline/dead-letter-id.ts";
import { type Api, createApi, seedStore } from "../support/api.ts";
import { onHandByLedger } from "../support/ledger-facts.ts";
import { SCARF, scarfTag } from "../support/looking-data.ts";
import { type SplitSystem, startSplitSystem } from "../support/split-system.ts";
import { migratedDirectory } from "../support/migrated-directory.ts";
import { untilAsync } from "../support/until.ts";

const letters = 400;
const now = Date.now();

describe("kill -9 of ingest while it replays dead letters", () => {
  const dataDirectory = migratedDirectory("kill-replay");
  let system: SplitSystem;
  let api: Api;

  beforeAll(async () => {
    system = await startSplitSystem(dataDirectory, { ingestEnv: { INGEST_LEASE_SECONDS: "2" } });
    api = createApi(system);
    await seedStore(api, { locationId: "store-1", readerId: "dock", gtin: SCARF });
    await storeLetters();
  });
  afterAll(async () => system?.stop());

  /** One read at the dock each, refused before and good today; each may make one unit. */
  async function storeLetters(): Promise<void> {
    const topic = "onhand/store-1/rfid/dock";
    const messages = Array.from({ length: letters }, (_, serial) =>
      JSON.stringify({
        epc: scarfTag(serial, 1),
        antenna: 1,
        lastSeenAt: new Date(now + serial).toISOString(),
      }),
    );
    const column = (text: string) => Buffer.from(text);
    await system.db.insert({
      name: "test/dead-letters",
      table: "dead_letters",
      columns: [
        "dead_letter_id",
        "received_at",
        "topic",
        "location_id",
        "source_id",
        "code",
        "detail",
        "payload",
      ],
      rows: messages.map((message, index) => [
        deadLetterId({ topic, payload: column(message) }),
        new Date(now + index).toISOString(),
        topic,
        "store-1",
        "dock",
        "message_format_unknown",
        "not known then",
        column(message).toString("base64"),
      ]),
    });
  }

  const openLetters = async () => (await api<DeadLettersPage>("GET", "/v1/dead-letters?limit=1")).total;
  const jobOf = (jobId: string) => api<ReplayJob>("GET", `/v1/dead-letters/replays/${jobId}`);

  it("leaves open what was not answered, and a second replay counts each unit once", async () => {
    onTestFailed(() => console.log(system.ingest.log().slice(-4_000)));
    const first = await api<ReplayJob>("POST", "/v1/dead-letters/replay", {});
    await untilAsync("some are taken in", async () => (await jobOf(first.jobId)).accepted >= 50);
    await system.ingest.kill("SIGKILL");
    await system.startIngest();
    await untilAsync(
      "the first replay has ended",
      async () => (await jobOf(first.jobId)).state !== "running",
    );
    while ((await openLetters()) > 0) {
      const next = await api<ReplayJob>("POST", "/v1/dead-letters/replay", {});
      await untilAsync(
        "the next replay has ended",
        async () => (await jobOf(next.jobId)).state !== "running",
      );
      expect((await jobOf(next.jobId)).rejected).toBe(0);
    }
    expect(await onHandByLedger(system.db)).toBe(letters);
  }, 120_000);
});
