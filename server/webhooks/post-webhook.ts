import { lookup } from "node:dns";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "./public-address.ts";

/** Of an answer so much is read, so that its end is seen; nothing of it is kept. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** `status` is null where nobody answered. Only 200 to 299 is a success; a redirect is not followed and none. */
export type PostOutcome = {
  isSuccess: boolean;
  status: number | null;
  error: string;
  retryAfterSeconds: number | null;
};

class RefusedAddress extends Error {}

/** Gives the addresses to connect to, all of them checked: what was checked is what is connected to. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const wrong = addresses?.find(({ address }) => !isPublicAddress(address));
    if (error !== null) return callback(error, "");
    if (wrong !== undefined) return callback(refusal(hostname, wrong.address), "");
    if (options.all === true) return callback(null, addresses);
    const [first] = addresses;
    return callback(null, first?.address ?? "", first?.family);
  });
};

function refusal(host: string, address: string): RefusedAddress {
  return new RefusedAddress(
    `${host} is at ${address}, which is not on the public internet. Set WEBHOOKS_ALLOW_PRIVATE where that is meant.`,
  );
}

/** Posts JSON once. Never throws. Guards against being used to reach what only this machine can reach. */
export function postWebhook(wish: {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  timeoutMs: number;
  allowPrivate: boolean;
}): Promise<PostOutcome> {
  const url = new URL(wish.url);
  const failed = (error: string): PostOutcome => ({
    isSuccess: false,
    status: null,
    error,
    retryAfterSeconds: null,
  });
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // An address as host is connected to without a look-up.
  if (!wish.allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) {
    return Promise.resolve(failed(refusal(host, host).message));
  }
  return new Promise((resolve) => {
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const signal = AbortSignal.timeout(wish.timeoutMs);
    const request = send(
      url,
      {
        method: "POST",
        signal,
        // A kept connection would pass the look-up by.
        agent: false,
        headers: { ...wish.headers, "content-length": String(Buffer.byteLength(wish.body)) },
        ...(wish.allowPrivate ? {} : { lookup: publicLookup }),
      },
      (response) => {
        const status = response.statusCode ?? 0;
        const isSuccess = status >= 200 && status < 300;
        const retryAfter = Number(response.headers["retry-after"] ?? "none");
        const outcome: PostOutcome = {
          isSuccess,
          status,
          error: isSuccess ? "" : `It answered ${status}.`,
          retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
        };
        let bytes = 0;
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes <= MAX_ANSWER_BYTES) return;
          response.destroy();
          resolve(outcome);
        });
        response.on("end", () => resolve(outcome));
        // The status has come; that the rest did not changes nothing.
        response.on("error", () => resolve(outcome));
      },
    );
    request.on("error", (error) =>
      resolve(failed(signal.aborted ? `No answer within ${wish.timeoutMs / 1000} s.` : error.message)),
    );
    request.end(wish.body);
  });
}
