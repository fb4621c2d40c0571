import type { FeedFinding, FeedLint } from "./feed-finding.ts";
import { LOCAL_INVENTORY_COLUMNS, type LocalInventoryColumn } from "./local-inventory.ts";
import { lintValues } from "./lint-values.ts";

const REQUIRED: readonly LocalInventoryColumn[] = ["store_code", "id", "availability"];
/** Between an id and a store code; neither has a line end. */
const PAIR = "\n";

export type LocalInventoryLint = ReturnType<typeof createLocalInventoryLint>;

/**
 * Judges a local inventory feed line by line. With `isGroupedById` the rows of a product stand together, as ours do: then ids are
 * kept in mind and not pairs of id and store, so that a large feed is judged with little memory.
 */
export function createLocalInventoryLint(options: { isGroupedById: boolean }) {
  let columns: (LocalInventoryColumn | null)[] = [];
  const seen = new Set<string>();
  let currentId = "";
  let storesOfCurrent = new Set<string>();

  function isRepeated(id: string, storeCode: string): boolean {
    if (!options.isGroupedById) return !isAdded(seen, `${id}${PAIR}${storeCode}`);
    if (id !== currentId) {
      currentId = id;
      storesOfCurrent = new Set();
      if (!isAdded(seen, id)) return true;
    }
    return !isAdded(storesOfCurrent, storeCode);
  }

  return {
    header(text: string): FeedFinding[] {
      const names = text.replace(/^\uFEFF/, "").split("\t");
      columns = names.map(toColumn);
      const found: FeedFinding[] = [];
      const reject = (
        code: string,
        column: string,
        detail: string,
        severity: FeedFinding["severity"] = "error",
      ) => found.push({ line: 1, column, severity, code, detail });
      for (const [at, column] of columns.entries()) {
        const name = names[at] ?? "";
        if (column === null) {
          const detail = `"${name}" is no attribute of the specification; it is not read`;
          reject("unknown_column", name, detail, "warning");
        } else if (columns.indexOf(column) !== at) {
          reject("repeated_column", name, `${column} stands twice; which one counts cannot be told`);
        }
      }
      for (const column of REQUIRED) {
        if (columns.includes(column)) continue;
        reject("missing_column", column, `every row needs ${column}, and no column gives it`);
      }
      return found;
    },

    /** `line` counts from 1 with the header. */
    row(text: string, line: number): FeedFinding[] {
      const cells = text.split("\t");
      if (cells.length !== columns.length) {
        const detail = `the row has ${cells.length} cells, the header ${columns.length}; a value may hold a tab`;
        return [{ line, column: null, severity: "error", code: "column_count", detail }];
      }
      const values: Partial<Record<LocalInventoryColumn, string>> = {};
      for (const [at, column] of columns.entries()) if (column !== null) values[column] = cells[at] ?? "";
      const found = lintValues(values).map((finding) => Object.assign(finding, { line }));
      const { id = "", store_code: storeCode = "" } = values;
      if (id !== "" && storeCode !== "" && isRepeated(id, storeCode)) {
        const detail = `an earlier row has the same id and store code (${id}, ${storeCode}); which one counts cannot be told`;
        found.push({ line, column: "id", severity: "error", code: "repeated_row", detail });
      }
      return found;
    },
  };
}

/** Judges the text of a whole feed. @param maxFindings of the answer; all are counted. */
export function lintLocalInventory(text: string, maxFindings = 100): FeedLint {
  const lint = createLocalInventoryLint({ isGroupedById: false });
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  const counts = { error: 0, warning: 0 };
  const findings: FeedFinding[] = [];
  const take = (found: readonly FeedFinding[]) => {
    for (const finding of found) {
      counts[finding.severity] += 1;
      if (findings.length < maxFindings) findings.push(finding);
    }
  };
  const [header = "", ...rows] = lines;
  take(lint.header(header));
  const isReadable = counts.error === 0;
  if (isReadable) for (const [at, row] of rows.entries()) take(lint.row(row, at + 2));
  return {
    isValid: counts.error === 0,
    rows: rows.length,
    errors: counts.error,
    warnings: counts.warning,
    findings,
  };
}

/** With spaces or underscores, in any case, as the receiver reads them. */
function toColumn(name: string): LocalInventoryColumn | null {
  const wanted = name.trim().toLowerCase().replaceAll(" ", "_");
  return LOCAL_INVENTORY_COLUMNS.find((column) => column === wanted) ?? null;
}

function isAdded(set: Set<string>, text: string): boolean {
  const before = set.size;
  return set.add(text).size > before;
}
