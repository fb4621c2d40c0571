type SparklineProps = {
  /** Oldest first. */
  values: readonly number[];
  /** As many samples as the whole width holds; fewer stand at its right end. */
  slots: number;
  /** What it shows, in words. */
  label: string;
};

const WIDTH = 84;
const HEIGHT = 22;

/** The last values as a line, from 0 to the highest of them. */
export function Sparkline({ values, slots, label }: SparklineProps) {
  const highest = Math.max(1, ...values);
  const stepPx = (WIDTH - 3) / (slots - 1);
  const points = values.map((value, index) => {
    const x = WIDTH - 2 - (values.length - 1 - index) * stepPx;
    return { x, y: HEIGHT - 2 - (value / highest) * (HEIGHT - 5) };
  });
  const line = points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  const first = points[0];
  const last = points.at(-1);
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <line x1={0} x2={WIDTH} y1={HEIGHT - 1} y2={HEIGHT - 1} stroke="var(--border)" />
      {first === undefined || last === undefined ? null : (
        <>
          <polygon
            points={`${first.x},${HEIGHT - 1} ${line} ${last.x},${HEIGHT - 1}`}
            fill="var(--accent-soft)"
          />
          <polyline
            points={line}
            fill="none"
            stroke="var(--accent)"
            strokeWidth={1.5}
            strokeLinejoin="round"
          />
          <circle cx={last.x} cy={last.y} r={1.8} fill="var(--accent)" />
        </>
      )}
    </svg>
  );
}
