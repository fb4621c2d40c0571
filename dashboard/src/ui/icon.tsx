const PATHS = {
  stock: "M3 6.5 10 3l7 3.5v7L10 17l-7-3.5zM3 6.5 10 10m0 0 7-3.5M10 10v7",
  readers:
    "M6 14a5.6 5.6 0 0 1 0-8M14 6a5.6 5.6 0 0 1 0 8M3.5 16.5a9.2 9.2 0 0 1 0-13M16.5 3.5a9.2 9.2 0 0 1 0 13M10 10h.01",
  list: "M7.5 5h9M7.5 10h9M7.5 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01",
  tag: "M3 9.5V3h6.5l7.5 7.5-6.5 6.5zM6.5 6.5h.01",
  mail: "M3 5h14v10H3zM3 5.5l7 5.5 7-5.5",
  hold: "M5 3.5h10v13l-5-3.2-5 3.2zM7.5 7.5h5",
  feed: "M4 16h.01M4 11a5 5 0 0 1 5 5M4 6.5A9.5 9.5 0 0 1 13.5 16M4 2.5A13.5 13.5 0 0 1 17.5 16",
  scale: "M10 3v14M6 17h8M4 6.5h12M4 6.5 2 11.5h4zM16 6.5l-2 5h4z",
  rule: "M4 4h12v12H4zM4 8h12M8 8v8",
  count: "M6 3.5h8M6 3.5H4v13h12v-13h-2M7 9.5l2 2 4-4.5",
  search: "M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12ZM13.5 13.5 17 17",
  sun: "M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM10 1.8v1.6M10 16.6v1.6M1.8 10h1.6M16.6 10h1.6M4.2 4.2l1.1 1.1M14.7 14.7l1.1 1.1M4.2 15.8l1.1-1.1M14.7 5.3l1.1-1.1",
  moon: "M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7Z",
  system: "M3 4.5h14v9H3zM7.5 17h5M10 13.5V17",
  help: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM7.9 7.8a2.1 2.1 0 1 1 3 1.9c-.6.3-.9.8-.9 1.5M10 13.9h.01",
  close: "m5 5 10 10M15 5 5 15",
  up: "m5 12 5-5 5 5",
  down: "m5 8 5 5 5-5",
  check: "m4.5 10.5 3.5 3.5 7.5-8",
  warning: "M10 3 18 16.5H2zM10 8v4M10 14.2h.01",
  empty: "M4 10h12",
  block: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM5.2 14.8l9.6-9.6",
  question: "M7.6 7.6a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .9-1 1.7M10 14.5h.01",
  signOut: "M8 3H4v14h4M13 6.5 16.5 10 13 13.5M16.5 10H8",
  settings:
    "M3 6h7M14 6h3M3 14h3M10 14h7M12 8.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM8 16.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z",
  back: "M8 4.5 3.5 9 8 13.5M3.5 9h8.7a4 4 0 0 1 0 8H9.5",
  info: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 9.2v4.6M10 6.4h.01",
  home: "M3 9.5 10 3.5l7 6M5 8v8.5h10V8",
  chart: "M3.5 16.5h13M6 16V10M10 16V4.5M14 16V8",
  table: "M3 4.5h14v11H3zM3 8.2h14M3 11.9h14M8 4.5v11",
  download: "M10 3.5v9M6 9l4 4 4-4M4 16.5h12",
  image: "M3 4h14v12H3zM3.5 14l4-4 3 3 2.5-2.5 3.5 3.5M12.5 7.5h.01",
  cart: "M2.5 3.5h2l1.8 9h8.4l1.8-6.5H5.2M8 16.3h.01M13.5 16.3h.01",
  plus: "M10 4v12M4 10h12",
  grid: "M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5h5v5h-5z",
  map: "m3 5 4.7-1.8 4.6 1.8L17 3.2V15l-4.7 1.8L7.7 15 3 16.8zM7.7 3.2V15M12.3 5v11.8",
  target: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  webhook:
    "M8 8.5 5.5 13M12.2 13.5H7M11.5 8.3 14 12.6M10 8a2.4 2.4 0 1 0 0-4.8A2.4 2.4 0 0 0 10 8ZM4.8 15.8a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8ZM15.2 15.8a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8Z",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  user: "M10 9.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM3.5 17a6.5 6.5 0 0 1 13 0",
  flag: "M4.5 17V3.5M4.5 4h9.5l-2 3.2 2 3.3H4.5",
  key: "M12.5 11.5a4 4 0 1 0-3.9-3.1L3 14v3h3v-2h2v-2l2-1.5c.7.3 1.6.2 2.5 0ZM13.2 6.8h.01",
} as const;

export type IconName = keyof typeof PATHS;

export const ICON_NAMES = Object.keys(PATHS) as IconName[];

/** A line icon of our own set. Decorative: what it means stands in text beside it or in the control's label. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
