import type { Command } from "commander";

/** A command of `onhand`. It is imported when it is called: the engines behind most of them take a second to load. */
export type ListedCommand = {
  name: string;
  /** For `onhand --help`; the same as the command's own description. */
  summary: string;
  load: () => Promise<(program: Command) => void>;
};

/** In the order of `onhand --help`. To add a command: a file in `commands/` that registers it, and its entry here. */
export const COMMANDS: readonly ListedCommand[] = [
  {
    name: "start",
    summary: "run everything in one process: broker, ClickHouse, ingest, server, dashboard",
    load: async () => (await import("./commands/start.ts")).registerStart,
  },
  {
    name: "ingest",
    summary: "take in reads, sales and stock events from a broker into a ClickHouse server",
    load: async () => (await import("./commands/ingest.ts")).registerIngest,
  },
  {
    name: "serve",
    summary: "answer storefronts and people from a ClickHouse server and a broker",
    load: async () => (await import("./commands/serve.ts")).registerServe,
  },
  {
    name: "migrate",
    summary: "bring the tables of ClickHouse up to date; `start` does it by itself",
    load: async () => (await import("./commands/migrate.ts")).registerMigrate,
  },
  {
    name: "simulate",
    summary: "publish a simulated chain of stores to an MQTT broker; it knows what is really on its shelves",
    load: async () => (await import("./commands/simulate.ts")).registerSimulate,
  },
  {
    name: "inspect",
    summary: "say how a message from a reader, till or stock system is understood, as ingest would",
    load: async () => (await import("./commands/inspect.ts")).registerInspect,
  },
  {
    name: "import",
    summary:
      "import records from CSV or NDJSON, plain or packed with gzip, orders also from Parquet and Arrow; twice is once",
    load: async () => {
      const [{ registerImport }, { connectToSystem }] = await Promise.all([
        import("./commands/import.ts"),
        import("./platform/connect-to-system.ts"),
      ]);
      return (program) => registerImport(program, { connect: connectToSystem });
    },
  },
  {
    name: "report",
    summary: "run a report: a table, JSON, CSV, Arrow or Parquet; without a name, say which there are",
    load: async () => {
      const [{ registerReport }, { connectToSystem }] = await Promise.all([
        import("./commands/report.ts"),
        import("./platform/connect-to-system.ts"),
      ]);
      return (program) => registerReport(program, { connect: connectToSystem });
    },
  },
  {
    name: "replay",
    summary: "run stored reads and events through changed settings, and show what would differ",
    load: async () => (await import("./commands/replay.ts")).registerReplay,
  },
  {
    name: "calibrate",
    summary: "learn from a walk test how each read point tells near tags from stray ones",
    load: async () => {
      const [{ registerCalibrate }, { connectToSystem }] = await Promise.all([
        import("./commands/calibrate.ts"),
        import("./platform/connect-to-system.ts"),
      ]);
      return (program) => registerCalibrate(program, { connect: connectToSystem });
    },
  },
  {
    name: "refit",
    summary: "predict each customer's value of the next 12 months anew, as the server does each night",
    load: async () => (await import("./commands/refit.ts")).registerRefit,
  },
  {
    name: "epc",
    summary: "decode and encode the codes on RFID tags (EPC)",
    load: async () => (await import("./commands/epc.ts")).registerEpc,
  },
  {
    name: "gtin",
    summary: "check product numbers (GTIN)",
    load: async () => (await import("./commands/gtin.ts")).registerGtin,
  },
  {
    name: "sql",
    summary: "ask a running system in SQL, read-only",
    load: async () => {
      const [{ registerSql }, { connectToSystem }] = await Promise.all([
        import("./commands/sql.ts"),
        import("./platform/connect-to-system.ts"),
      ]);
      return (program) => registerSql(program, { connect: connectToSystem });
    },
  },
  {
    name: "keys",
    summary: "credentials of devices, storefronts and people",
    load: async () => {
      const [{ registerKeys }, { connectToSystem }] = await Promise.all([
        import("./commands/keys.ts"),
        import("./platform/connect-to-system.ts"),
      ]);
      return (program) => registerKeys(program, { connect: connectToSystem });
    },
  },
  {
    name: "backup",
    summary: "copy all data to a new folder while the system runs, and check it by restoring it",
    load: async () => (await import("./commands/backup.ts")).registerBackup,
  },
  {
    name: "restore",
    summary:
      "put a backup into an empty data folder (ONHAND_DATA_DIR), and check every byte, row and total of it",
    load: async () => (await import("./commands/restore.ts")).registerRestore,
  },
  {
    name: "doctor",
    summary: "look for what is wrong with this installation, and say what mends it",
    load: async () => (await import("./commands/doctor.ts")).registerDoctor,
  },
  {
    name: "bench",
    summary: "run the benchmarks: every speed beside a bare reference measured in the same run",
    load: async () => (await import("./bench/register-bench.ts")).registerBench,
  },
];
