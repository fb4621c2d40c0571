type SparklineProps = { values: readonly number[]; label: string; width?: number; height?: number };

/** The last values as a line, oldest left, from 0 to the highest. `label` says in words what it shows. */
export function Sparkline({ values, label, width = 84, height = 22 }: SparklineProps) {
  const highest = Math.max(1, ...values);
  const step = values.length > 1 ? width / (values.length - 1) : width;
  const points = values.map((value, index) => {
    const y = height - 1.5 - (value / highest) * (height - 3);
    return `${(index * step).toFixed(1)},${y.toFixed(1)}`;
  });
  const line = points.length === 1 ? `0,${height - 1.5} ${points[0] ?? ""}` : points.join(" ");
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {points.length === 0 ? null : (
        <>
          <polygon points={`0,${height} ${line} ${width},${height}`} fill="var(--accent-soft)" />
          <polyline
            points={line}
            fill="none"
            stroke="var(--accent)"
            strokeWidth={1.5}
            strokeLinejoin="round"
            strokeLinecap="round"
          />
        </>
      )}
    </svg>
  );
}
