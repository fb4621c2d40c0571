export type Spot = { id: string; x: number; y: number; radius: number; text: string };
export type Label = { id: string; x: number; y: number; anchor: "start" | "end" };

const LETTER_PX = 6.6;
const LINE_PX = 14;
const GAP_PX = 5;

/** Places for names beside their spots so that none covers another name or spot; a name without room is left out. First come, first placed. */
export function placeLabels(spots: readonly Spot[], widthPx: number): Label[] {
  const taken = spots.map(({ x, y, radius }) => box(x - radius, y - radius, 2 * radius, 2 * radius));
  const labels: Label[] = [];
  for (const [index, { id, x, y, radius, text }] of spots.entries()) {
    const width = text.length * LETTER_PX;
    const sides = [
      { anchor: "start" as const, x: x + radius + GAP_PX, left: x + radius + GAP_PX },
      { anchor: "end" as const, x: x - radius - GAP_PX, left: x - radius - GAP_PX - width },
    ];
    for (const side of sides) {
      const wish = box(side.left, y - LINE_PX / 2, width, LINE_PX);
      const isFree = taken.every((other, place) => place === index || !overlaps(wish, other));
      if (!isFree || wish.left < 0 || wish.right > widthPx) continue;
      taken.push(wish);
      labels.push({ id, x: side.x, y, anchor: side.anchor });
      break;
    }
  }
  return labels;
}

type Box = { left: number; right: number; top: number; bottom: number };

const box = (left: number, top: number, width: number, height: number): Box => ({
  left,
  right: left + width,
  top,
  bottom: top + height,
});

function overlaps(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
