import { assertIdentifier } from "../engine.ts";
import type { AnalystLimits } from "./limits.ts";
import { OPEN_SYSTEM_TABLES, OPEN_TABLES, REPLACED_SYSTEM_TABLES } from "./open-tables.ts";

/** Queries an hour and user, on a ClickHouse server: beyond it somebody has written a loop. */
const MAX_QUERIES_AN_HOUR = 20_000;

/**
 * The statements that make the analysts' user of a ClickHouse server: profile, quota, role, user, and SELECT on each open table. Each can
 * be run again. Open views read what they are made of with the rights of who runs this, so that closed tables stay closed.
 * @param options.tables what the database has: name and engine.
 */
export function analystUserStatements(options: {
  database: string;
  user: string;
  password: string;
  limits: AnalystLimits;
  tables: readonly { name: string; engine: string }[];
}): string[] {
  const { limits } = options;
  const database = assertIdentifier(options.database);
  const user = `\`${assertIdentifier(options.user)}\``;
  const names = new Set([...OPEN_TABLES, ...Object.values(REPLACED_SYSTEM_TABLES)]);
  const open = options.tables.filter(({ name }) => names.has(name));
  const constraints = Object.entries(limits).map(([name, limit]) => `${name} = ${limit} MIN 1 MAX ${limit}`);
  return [
    `CREATE SETTINGS PROFILE OR REPLACE onhand_analyst SETTINGS readonly = 2 CONST, allow_ddl = 0 CONST, ${constraints.join(", ")}, ` +
      "max_threads = 2 MAX 4, priority = 10",
    `CREATE QUOTA OR REPLACE onhand_analyst KEYED BY user_name FOR INTERVAL 1 hour MAX queries = ${MAX_QUERIES_AN_HOUR}`,
    "CREATE ROLE IF NOT EXISTS onhand_analyst SETTINGS PROFILE 'onhand_analyst'",
    "ALTER QUOTA onhand_analyst TO onhand_analyst",
    ...open
      .filter(({ engine }) => engine === "View")
      .map(
        ({ name }) => `ALTER TABLE ${database}.${name} MODIFY SQL SECURITY DEFINER DEFINER = CURRENT_USER`,
      ),
    `REVOKE ALL ON ${database}.* FROM onhand_analyst`,
    ...open.map(({ name }) => `GRANT SELECT ON ${database}.${name} TO onhand_analyst`),
    ...OPEN_SYSTEM_TABLES.map((name) => `GRANT SELECT ON system.${name} TO onhand_analyst`),
    `CREATE USER IF NOT EXISTS ${user} IDENTIFIED BY '${quoted(options.password)}'`,
    `ALTER USER ${user} IDENTIFIED BY '${quoted(options.password)}' DEFAULT ROLE onhand_analyst`,
    `GRANT onhand_analyst TO ${user}`,
  ];
}

function quoted(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
}
