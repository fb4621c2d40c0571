import fc from "fast-check";
import { expect, test } from "vitest";
import { mapProjection, type Point } from "./map-projection.ts";
import { placeLabels } from "./place-labels.ts";

const view = { widthPx: 800, heightPx: 600, zoom: 1, centre: null };
const inEurope = fc.tuple(
  fc.double({ min: -10, max: 30, noNaN: true }),
  fc.double({ min: 36, max: 65, noNaN: true }),
);

test("every point is on the map, wherever the others are", () => {
  fc.assert(
    fc.property(fc.array(inEurope, { minLength: 1, maxLength: 40 }), (points) => {
      const projection = mapProjection(points, view);
      for (const point of points) {
        const [x = -1, y = -1] = projection([point[0], point[1]]) ?? [];
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(view.widthPx);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(view.heightPx);
      }
    }),
  );
});

test("a zoomed map has its centre in the middle, and the whole world fits one", () => {
  const berlin: Point = [13.4, 52.5];
  const projection = mapProjection([berlin, [2.3, 48.9]], { ...view, zoom: 8, centre: berlin });
  const [x = 0, y = 0] = projection([13.4, 52.5]) ?? [];
  expect([Math.round(x), Math.round(y)]).toEqual([400, 300]);
  const world: Point[] = [berlin, [-122.4, 37.8], [151.2, -33.9]];
  for (const point of world) {
    const [left = -1, top = -1] = mapProjection(world, view)([point[0], point[1]]) ?? [];
    expect(left >= 0 && left <= 800 && top >= 0 && top <= 600).toBe(true);
  }
});

test("no name covers another name or a spot", () => {
  const spot = fc.record({
    x: fc.integer({ min: 0, max: 400 }),
    y: fc.integer({ min: 0, max: 300 }),
    radius: fc.integer({ min: 4, max: 20 }),
    text: fc.stringMatching(/^[a-z]{1,14}$/),
  });
  fc.assert(
    fc.property(fc.array(spot, { maxLength: 30 }), (list) => {
      const spots = list.map((each, index) => ({ ...each, id: String(index) }));
      const labels = placeLabels(spots, 400);
      const boxes = labels.map((label) => {
        const width = (spots[Number(label.id)]?.text.length ?? 0) * 6.6;
        const left = label.anchor === "start" ? label.x : label.x - width;
        return { y: label.y, left, right: left + width };
      });
      for (const [index, one] of boxes.entries()) {
        for (const other of boxes.slice(index + 1)) {
          const isApart =
            one.right <= other.left || other.right <= one.left || Math.abs(one.y - other.y) >= 14;
          expect(isApart).toBe(true);
        }
      }
    }),
  );
});
