import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ConfigError, envExample, parseConfig, printableConfig } from "./config.ts";

describe("configuration", () => {
  it("has a default for every setting", () => {
    expect(parseConfig("start", {})).toMatchObject({
      HTTP_LISTEN: { host: "127.0.0.1", port: 8080 },
      MQTT_LISTEN: { host: "127.0.0.1", port: 1883 },
      CLICKHOUSE_URL: "",
    });
  });

  it("names every variable that does not fit, and what it must be", () => {
    const wrong = { HTTP_LISTEN: "8080", LOG_LEVEL: "loud", MQTT_ROOT: "a/b" };
    expect(() => parseConfig("start", wrong)).toThrow(ConfigError);
    expect(() => parseConfig("start", wrong)).toThrow(/HTTP_LISTEN: "8080" is not host:port.*/s);
    expect(() => parseConfig("start", wrong)).toThrow(/LOG_LEVEL/);
    expect(() => parseConfig("start", wrong)).toThrow(/MQTT_ROOT/);
  });

  it("is printed without a secret, neither by name nor inside a URL", () => {
    const config = parseConfig("serve", {
      CLICKHOUSE_PASSWORD: "hunter2",
      MQTT_PASSWORD: "hunter3",
      MQTT_URL: "mqtts://onhand:hunter4@broker.example:8883",
    });
    const printed = JSON.stringify(printableConfig("serve", config));
    expect(printed).not.toMatch(/hunter/);
    expect(printed).toContain("broker.example");
    expect(printableConfig("serve", config)).toMatchObject({ CLICKHOUSE_PASSWORD: "set" });
  });

  it("reads IPv6 addresses and host names", () => {
    expect(parseConfig("serve", { HTTP_LISTEN: "[::1]:0" }).HTTP_LISTEN).toEqual({ host: "::1", port: 0 });
    expect(parseConfig("serve", { HTTP_LISTEN: "localhost:9000" }).HTTP_LISTEN.port).toBe(9000);
  });

  it(".env.example is what the schema says (else run `npm run env-example`)", () => {
    expect(readFileSync(new URL("../../.env.example", import.meta.url), "utf8")).toBe(envExample());
  });
});
