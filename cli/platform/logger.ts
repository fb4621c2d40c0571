import { type Logger, pino } from "pino";

/** Structured logs on stderr, so that stdout stays for answers. What could be a secret is cut out wherever it stands. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: pino.stdSerializers.err },
      redact: {
        paths: [
          "authorization",
          "*.authorization",
          "cookie",
          "*.cookie",
          "password",
          "*.password",
          "secret",
          "*.secret",
          "token",
          "*.token",
          "key",
          "*.key",
          "code",
        ],
        censor: "[secret]",
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
