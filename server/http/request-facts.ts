import type { Context } from "hono";

type NodeEnv = {
  incoming?: { headers?: Record<string, string | string[] | undefined>; socket?: { remoteAddress?: string } };
};

/** A header, from Node's own object where there is a socket: building a Headers costs as much as a whole answer. */
export function headerOf(context: Context, name: string): string | undefined {
  const env: NodeEnv | undefined = context.env;
  const headers = env?.incoming?.headers;
  if (headers === undefined) return context.req.header(name);
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The server's name as the client calls it, with its port. */
export function hostOf(context: Context): string {
  return headerOf(context, "host") ?? new URL(context.req.url).host;
}

/** The peer's address; empty in tests without a socket. A proxy's own address when there is one in front. */
export function remoteAddress(context: Context): string {
  const env: NodeEnv | undefined = context.env;
  return env?.incoming?.socket?.remoteAddress ?? "";
}

/** The connection that the request came on; none in tests without a socket. */
export function connectionOf(context: Context): object | undefined {
  const env: NodeEnv | undefined = context.env;
  return env?.incoming?.socket ?? undefined;
}
