import { Session } from "chdb";

/**
 * The journal of migrations in `path` (the engine's files) as one part instead of one for each migration: of the files of a
 * new database these are two thirds, and tests copy it a hundred times. Rows stay what they are.
 */
function joinJournal(path: string): void {
  const session = new Session(path);
  const journal = "onhand.schema_migrations";
  const rows = () => session.query(`SELECT count(), sum(cityHash64(*)) FROM ${journal}`, "TabSeparated");
  const before = rows();
  session.query(`CREATE TABLE onhand.joined_journal ENGINE = Memory AS SELECT * FROM ${journal}`);
  session.query(`TRUNCATE TABLE ${journal}`);
  session.query(`INSERT INTO ${journal} SELECT * FROM onhand.joined_journal`);
  session.query("DROP TABLE onhand.joined_journal SYNC");
  if (rows() !== before) throw new Error("the journal of migrations is not what it was");
  session.close();
}

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error("join-journal DIRECTORY");
joinJournal(path);
