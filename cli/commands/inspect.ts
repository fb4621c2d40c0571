import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { Command } from "commander";
import { type ParsedTopic, parseTopic } from "../../ingest/adapters/parse-topic.ts";
import { understandMessage } from "../../ingest/adapters/understand-message.ts";
import { type MappingsOfReader, NO_MAPPINGS } from "../../ingest/adapters/mapping/reader-mappings.ts";
import { describeUnderstood, type Inspection } from "./describe-understood.ts";
import { guessTopic } from "./guess-topic.ts";
import { inspectionText } from "./inspection-text.ts";
import { readMappingFile } from "./read-mapping-file.ts";

type InspectOptions = { topic?: string; mapping?: string; json?: boolean };

/** `onhand inspect`: the verdict that ingest would give on a message kept in a file. */
export function registerInspect(program: Command): void {
  const inspect = program
    .command("inspect")
    .description("say how a message from a reader, till or stock system is understood, as ingest would")
    .argument("<file...>", "each file holds one message as it was sent; - is standard input")
    .option("--topic <topic>", "the MQTT topic it came on; without it, the kind is told from its content")
    .option("--mapping <file>", "a description of another form of message, asked before the known formats")
    .option("--json", "one JSON object a line, in the order of the files");
  inspect.action(async (files: string[], options: InspectOptions) => {
    const mappings = options.mapping === undefined ? NO_MAPPINGS : await mappingOf(options.mapping, inspect);
    const topic = options.topic === undefined ? null : topicOf(options.topic, inspect);
    for (const file of files) {
      const inspection = await inspectFile(file, topic, mappings);
      if (!inspection.ok) process.exitCode = 1;
      process.stdout.write(
        options.json === true ? `${JSON.stringify(inspection)}\n` : inspectionText(inspection),
      );
    }
  });
}

async function inspectFile(
  file: string,
  given: ParsedTopic | null,
  mappings: MappingsOfReader,
): Promise<Inspection> {
  let payload: Buffer;
  try {
    payload = file === "-" ? await buffer(process.stdin) : await readFile(file);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return {
      input: file,
      ok: false,
      topic: null,
      kind: "rejected",
      code: "file_unreadable",
      detail,
      reads: [],
      refused: [],
    };
  }
  const topic = given ?? guessTopic(payload);
  return describeUnderstood(file, topic.topic, understandMessage(topic, payload, Date.now(), mappings));
}

/** The last three parts of a topic are location, kind and source; what stands before them is the root, whatever it is set to. */
function topicOf(text: string, command: Command): ParsedTopic {
  const root = text.split("/").slice(0, -3).join("/");
  const topic = parseTopic(root, text);
  if (topic !== null) return topic;
  return command.error(
    `"${text}" is not a topic that messages come in on: {root}/{location}/{rfid|pos|stock}/{source}.`,
    { exitCode: 2 },
  );
}

async function mappingOf(file: string, command: Command): Promise<MappingsOfReader> {
  const mapping = await readMappingFile(file);
  if (mapping.ok) return { first: [mapping.value], rest: [] };
  return command.error(`${file} is not a mapping (${mapping.code}): ${mapping.detail}`, { exitCode: 2 });
}
