import { writeFileSync } from "node:fs";
import { envExample } from "./config.ts";

// Run by `npm run env-example` after a setting changed; a test fails while the file is not up to date.
writeFileSync(new URL("../../.env.example", import.meta.url), envExample());
