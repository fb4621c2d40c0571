import type { Command } from "commander";
import { type Finding, findProblems } from "../platform/diagnose.ts";
import { parseConfig } from "../platform/config.ts";

/** `onhand doctor`: names each problem and what mends it. Exit code 1 when something does not work. */
export function registerDoctor(program: Command): void {
  program
    .command("doctor")
    .description("look for what is wrong with this installation, and say what mends it")
    .option("--json", "print the findings as JSON")
    .action(async (options: { json?: boolean }) => {
      const findings = await findProblems(parseConfig("start", process.env));
      process.stdout.write(options.json === true ? `${JSON.stringify({ findings })}\n` : describe(findings));
      if (findings.some((finding) => finding.status === "problem")) process.exitCode = 1;
    });
}

function describe(findings: readonly Finding[]): string {
  const marks = { ok: "ok     ", note: "note   ", problem: "PROBLEM" };
  const lines = findings.map(({ status, name, detail, remedy }) =>
    [`${marks[status]}  ${name}: ${detail}`, ...(remedy === null ? [] : [`         → ${remedy}`])].join("\n"),
  );
  return `${lines.join("\n")}\n`;
}
