import { type Result, ok, refuse } from "../../domain/result.ts";
import type { Scenario } from "../scenario.ts";
import { chain } from "./chain.ts";
import { demo } from "./demo.ts";
import { small } from "./small.ts";
import { TRUTH_SCENARIOS } from "./truth/truth-scenarios.ts";

export const SCENARIOS: readonly Scenario[] = [
  demo,
  small,
  chain,
  ...TRUTH_SCENARIOS.map(({ scenario }) => scenario),
];

/** The scenario of that name, or `unknown_scenario` with the names there are. */
export function findScenario(name: string): Result<Scenario> {
  const scenario = SCENARIOS.find((candidate) => candidate.name === name);
  if (scenario !== undefined) return ok(scenario);
  const names = SCENARIOS.map((candidate) => candidate.name).join(", ");
  return refuse("unknown_scenario", `There is no scenario "${name}". Choose one of: ${names}.`);
}
