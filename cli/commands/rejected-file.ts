import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { RejectedRow } from "../../server/import/import-report.ts";

export type RejectedFile = Awaited<ReturnType<typeof openRejectedFile>>;

/** A CSV of rows that were not taken: file, line, code, detail, and the row as it stood there. */
export async function openRejectedFile(path: string) {
  const output = createWriteStream(path);
  await once(output, "open");
  output.write("file,line,code,detail,original\n");
  return {
    async write(file: string, row: RejectedRow): Promise<void> {
      const cells = [file, String(row.line), row.code, row.detail, row.original];
      if (!output.write(`${cells.map(quote).join(",")}\n`)) await once(output, "drain");
    },
    async close(): Promise<void> {
      output.end();
      await once(output, "close");
    },
  };
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
