import { open, readFile, stat } from "node:fs/promises";
import { ImportFailure } from "../import-failure.ts";
import type { Format } from "./source-file.ts";

/** As a parameter: the text of a statement has a limit. */
type Sample = { from: string; params: { sample: string } };

/** Behind the description at the end of Parquet: its length in so many bytes, and the mark. */
const LENGTH_BYTES = 4;
const MAX_DESCRIPTION_BYTES = 16 * 1024 * 1024;
/** A file of Arrow is a stream of Arrow behind a mark of so many bytes, with a description at its end. */
const ARROW_MARK_BYTES = 8;
/** Arrow's library for JavaScript writes the columns at the end alone: such files are sampled whole, up to this. */
const WHOLE_SAMPLE_BYTES = 8 * 1024 * 1024;

/**
 * As much of a file as tells its columns, as a table function of a ClickHouse that cannot read the file itself: the first lines of a text,
 * the first message of Arrow, what stands at the end of Parquet. Throws `ImportFailure` (`unreadable_file`).
 * @param head the first bytes, unpacked.
 */
export async function sampleOf(path: string, format: Format, head: Buffer): Promise<Sample> {
  switch (format) {
    case "CSVWithNames":
    case "JSONEachRow": {
      const end = head.lastIndexOf(10);
      const lines = end < 0 ? head : head.subarray(0, end + 1);
      return { from: `format(${format}, {sample:String})`, params: { sample: lines.toString("utf8") } };
    }
    case "ArrowStream":
      return ofBytes("ArrowStream", head);
    case "Arrow":
      return (await stat(path)).size <= WHOLE_SAMPLE_BYTES
        ? ofBytes("Arrow", await readFile(path))
        : ofBytes("ArrowStream", head.subarray(ARROW_MARK_BYTES));
    case "Parquet":
      return ofBytes("Parquet", await readEnds(path));
    default:
      return format satisfies never;
  }
}

const ofBytes = (format: Format, bytes: Buffer): Sample => ({
  from: `format(${format}, unhex({sample:String}))`,
  params: { sample: bytes.toString("hex") },
});

/** A Parquet file of the same columns without its rows: its mark, and the description at its end. */
async function readEnds(path: string): Promise<Buffer> {
  const mark = "PAR1";
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(LENGTH_BYTES + mark.length);
    await file.read(tail, 0, tail.length, Math.max(0, size - tail.length));
    const length = tail.readUInt32LE(0) + tail.length;
    if (tail.toString("latin1", LENGTH_BYTES) !== mark || length > size || length > MAX_DESCRIPTION_BYTES) {
      throw new ImportFailure("unreadable_file", "the file does not end as Parquet does: it was cut off");
    }
    const description = Buffer.alloc(length);
    await file.read(description, 0, length, size - length);
    return Buffer.concat([Buffer.from(mark), description]);
  } finally {
    await file.close();
  }
}
