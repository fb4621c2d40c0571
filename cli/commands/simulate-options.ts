import { InvalidArgumentError } from "commander";

const UNITS_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90s`, `10m`, `1.5h` as milliseconds. */
export function parseDurationMs(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
  const unit = match?.[2] as keyof typeof UNITS_MS | undefined;
  if (match === null || unit === undefined) {
    throw new InvalidArgumentError("A duration is a number with ms, s, m, h or d, such as 90s or 10m.");
  }
  return Math.round(Number(match[1]) * UNITS_MS[unit]);
}

export function parseSpeed(text: string): number {
  const speed = Number(text);
  if (!Number.isFinite(speed) || speed <= 0 || speed > 10_000) {
    throw new InvalidArgumentError("A speed is a number above 0 and at most 10000; 1 is real time.");
  }
  return speed;
}

export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new InvalidArgumentError("A seed is a whole number from 0.");
  }
  return seed;
}
