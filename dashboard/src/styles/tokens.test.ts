import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(`${import.meta.dirname}/tokens.css`, "utf8");

type Colour = readonly [number, number, number];

/** The colours of a theme, linear light, 0 to 1. */
function coloursOf(theme: "light" | "dark"): (name: string) => Colour {
  const [, block = ""] = css.split(`[data-theme="${theme}"] {`);
  const body = block.slice(0, block.indexOf("}"));
  return (name) => {
    const [, hex = ""] = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(body) ?? [];
    if (hex === "") throw new Error(`--${name} has no colour in ${theme}`);
    const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) =>
      toLinear(Number.parseInt(hex.slice(at, at + 2), 16) / 255),
    );
    return [r, g, b];
  };
}

const toLinear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** WCAG 2.2, "contrast ratio". */
function contrast(one: Colour, other: Colour): number {
  const light = ([r, g, b]: Colour) => 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  const [high = 0, low = 1] = [light(one), light(other)].toSorted((a, b) => b - a);
  return high / low;
}

/** Machado, Oliveira and Fernandes 2009, severity 1. */
const SIGHTS: Record<string, readonly Colour[]> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (rows: readonly Colour[], [r, g, b]: Colour): number[] =>
  rows.map(([x, y, z]) => x * r + y * g + z * b);
const seen = (sight: readonly Colour[], colour: Colour): Colour => {
  const [r = 0, g = 0, b = 0] = times(sight, colour).map((value) => Math.min(1, Math.max(0, value)));
  return [r, g, b];
};

/** Distance in OKLab (Ottosson 2020): 0.02 is just noticeable side by side, black to white is 1. */
function distance(one: Colour, other: Colour): number {
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(...a.map((value, index) => value - (b[index] ?? 0)));
}

function lab(colour: Colour): number[] {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    colour,
  ).map(Math.cbrt);
  const [l = 0, m = 0, s = 0] = cones;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [l, m, s],
  );
}

const SERIES = [1, 2, 3, 4, 5, 6].map((place) => `chart-${place}`);
const HEAT = [1, 2, 3, 4, 5, 6, 7].map((step) => `heat-${step}`);

describe.each(["light", "dark"] as const)("the colours of the %s theme", (theme) => {
  const of = coloursOf(theme);

  it.each(["text", "text-2", "text-3", "accent", "good", "warn", "bad"])(
    "%s can be read on every ground, 4.5:1",
    (name) => {
      const grounds = ["canvas", "surface", "surface-2"];
      expect(grounds.filter((ground) => contrast(of(name), of(ground)) < 4.5)).toEqual([]);
    },
  );

  it.each(["good", "warn", "bad", "accent", "rise", "fall"])(
    "%s can be read on its own soft ground",
    (name) => {
      expect(contrast(of(name), of(`${name}-soft`))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each([...SERIES, "chart-previous", "border-strong"])("%s stands out from the surface, 3:1", (name) => {
    expect(contrast(of(name), of("surface"))).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.keys(SIGHTS))("no two series look alike: %s", (sight) => {
    const rows = SIGHTS[sight] ?? [];
    const alike = SERIES.flatMap((name, place) =>
      SERIES.slice(0, place)
        .filter((other) => distance(seen(rows, of(name)), seen(rows, of(other))) <= 0.12)
        .map((other) => `${name}, ${other}`),
    );
    expect(alike).toEqual([]);
  });

  it("the steps of a heat map go one way for every eye, and what stands in them can be read", () => {
    for (const rows of Object.values(SIGHTS)) {
      const lights = HEAT.map((name) => lab(seen(rows, of(name)))[0] ?? 0);
      const steps = lights.slice(1).map((light, index) => light - (lights[index] ?? 0));
      const way = Math.sign(steps[0] ?? 0);
      expect(steps.every((step) => step * way > 0.015)).toBe(true);
    }
    const unread = HEAT.filter(
      (name, step) => contrast(of(step < 4 ? "heat-text-pale" : "heat-text-deep"), of(name)) < 4.5,
    );
    expect(unread).toEqual([]);
  });
});
