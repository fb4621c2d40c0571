import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../sql/client.ts";
import { DATA_MODEL_BEGIN, dataModelDocs } from "../../sql/data-model/data-model-docs.ts";
import { dataModelPicture } from "../../sql/data-model/data-model-picture.ts";
import { readDataModel } from "../../sql/data-model/read-data-model.ts";
import { loadSamples } from "../../sql/load-samples.ts";
import { migrate } from "../../sql/migrate.ts";

// Run by `npm run data-model` after a table, a view or a sample changed; a test fails while page and picture are not up to date.
const directory = mkdtempSync(join(tmpdir(), "onhand-data-model-"));
const db = await openDatabase({ dataDirectory: directory });
await migrate(db);
const tables = await readDataModel(db);
await db.close();
rmSync(directory, { recursive: true });

const page = new URL("../../docs/data-model.md", import.meta.url);
const [written = ""] = readFileSync(page, "utf8").split(DATA_MODEL_BEGIN);
writeFileSync(page, written + dataModelDocs(tables, loadSamples()));
writeFileSync(new URL("../../docs/images/data-model.svg", import.meta.url), dataModelPicture(tables));
