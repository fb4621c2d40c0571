import { runOnhand } from "./onhand-process.ts";

export type CommandResult = { code: number | null; stdout: string; stderr: string };

/** Runs a command of the built `onhand` to its end, with this environment and no other settings. */
export async function runCommand(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<CommandResult> {
  const { child } = runOnhand(args, env);
  const text = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (data: string) => (text.stdout += data));
  child.stderr?.setEncoding("utf8").on("data", (data: string) => (text.stderr += data));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, ...text };
}
