import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { afterEach, expect, test } from "vitest";
import { ApiProblem } from "./api-problem.ts";
import { createOnhandClient } from "./onhand-client.ts";

const cleanUps: (() => void)[] = [];

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUps.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

const problemOf = async (answer: Promise<unknown>): Promise<ApiProblem> => {
  const error: unknown = await answer.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ApiProblem);
  return error as ApiProblem;
};

test("a call carries the key and its parameters, and the answer is parsed", async () => {
  let seen: IncomingMessage | undefined;
  const baseUrl = await serve((request, response) => {
    seen = request;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ asOf: "2026-01-01T00:00:00.000Z", revision: 1, items: [] }));
  });
  const client = createOnhandClient({ baseUrl, key: "k" });
  const answer = await client.availability.get("09506000134352", { locations: ["S01", "S02"] });
  expect(answer.revision).toBe(1);
  expect(seen?.url).toBe("/v1/availability?gtin=09506000134352&location=S01&location=S02");
  expect(seen?.headers.authorization).toBe("Bearer k");
});

test("problem+json becomes an ApiProblem with its code and further members", async () => {
  const baseUrl = await serve((_request, response) => {
    response.statusCode = 409;
    response.setHeader("content-type", "application/problem+json");
    response.end(
      JSON.stringify({
        type: "x",
        title: "Conflict",
        status: 409,
        detail: "d",
        code: "zone_unknown",
        zoneId: "z",
      }),
    );
  });
  const problem = await problemOf(createOnhandClient({ baseUrl }).readers.list());
  expect(problem).toMatchObject({ status: 409, code: "zone_unknown", detail: "d", members: { zoneId: "z" } });
});

test("an error that is not JSON is still a problem with its status", async () => {
  const baseUrl = await serve((_request, response) => {
    response.statusCode = 502;
    response.end("<h1>Bad gateway</h1>");
  });
  expect(await problemOf(createOnhandClient({ baseUrl }).locations.list())).toMatchObject({
    status: 502,
    code: "http_502",
  });
});

test("an answer in an unknown form is refused, never passed on", async () => {
  const baseUrl = await serve((_request, response) => response.end(JSON.stringify({ items: "none" })));
  expect(await problemOf(createOnhandClient({ baseUrl }).locations.list())).toMatchObject({
    code: "unreadable_answer",
  });
});

test("a server that does not answer in time, or is not there, is unreachable", async () => {
  const silent = await serve(() => {});
  expect(await problemOf(createOnhandClient({ baseUrl: silent, timeoutMs: 50 }).session.get())).toMatchObject(
    {
      status: 0,
      code: "unreachable",
    },
  );
  const gone = createOnhandClient({ baseUrl: "http://127.0.0.1:1" });
  expect(await problemOf(gone.session.get())).toMatchObject({ code: "unreachable" });
});
