// The compiler copies only TypeScript; the SQL files travel with it.
import { cpSync, mkdirSync } from "node:fs";

mkdirSync("dist/sql", { recursive: true });
for (const folder of ["schema", "queries", "reports", "samples"]) {
  cpSync(`sql/${folder}`, `dist/sql/${folder}`, { recursive: true });
}
