import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type SelfSignedAuthority = { ca: string; cert: string; key: string };

/** A certificate authority of its own and a certificate for 127.0.0.1 and localhost, made by openssl. PEM texts. */
export function createSelfSignedAuthority(): SelfSignedAuthority {
  const folder = mkdtempSync(join(tmpdir(), "onhand-ca-"));
  const openssl = (...args: string[]): void => {
    execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  };
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  try {
    openssl(
      "req",
      "-x509",
      ...newKey,
      "-keyout",
      "ca.key",
      "-out",
      "ca.crt",
      "-days",
      "2",
      "-subj",
      "/CN=Test CA",
    );
    openssl(
      "req",
      "-x509",
      ...newKey,
      "-keyout",
      "server.key",
      "-out",
      "server.crt",
      "-days",
      "2",
      "-subj",
      "/CN=localhost",
      "-addext",
      "subjectAltName=DNS:localhost,IP:127.0.0.1",
      "-addext",
      "basicConstraints=critical,CA:FALSE",
      "-CA",
      "ca.crt",
      "-CAkey",
      "ca.key",
    );
    return { ca: read("ca.crt"), cert: read("server.crt"), key: read("server.key") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
