import type { Agent } from "node:https";
import { describe, expect, test } from "vitest";
import { sendRaw } from "./support/client.ts";
import { canRun } from "./support/nginx.ts";
import { askUntilRefused, deployed, envelope, headersOnEveryAnswer } from "./support/student-allocation.ts";

/** The edge of student allocation as it is deployed: its limits, and its own errors. */

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe.runIf(canRun())("the edge of student-allocation", () => {
  const { edge, api, client } = deployed();

  test("takes 20 POSTs at once, four times what the application takes, and refuses more in Persian [ALC-3.1] [ALC-3.4] [ALC-5.5] [ALC-SEC.4]", async () => {
    const before = api().received.length;
    const headers = { "X-Request-ID": "one-too-many" };
    const post = (agent?: Agent) =>
      edge().ask({
        client: client(),
        method: "POST",
        path: "/allocations",
        headers,
        body: "{}",
        ...(agent && { agent }),
      });

    const taken = await Promise.all(Array.from({ length: 20 }, () => post()));
    const further = await askUntilRefused(post);

    expect(new Set(taken.map(({ status }) => status))).toEqual(new Set([200]));
    expect(further.map(({ status }) => status)).toContain(429);
    expect(api().received.length - before).toBe([...taken, ...further].filter(({ status }) => status === 200).length);
    const refused = further.find(({ status }) => status === 429);
    expect(JSON.parse(refused?.body ?? "")).toEqual(
      envelope(
        "RATE_LIMIT_EXCEEDED",
        "تعداد درخواست‌ها بیش از حد مجاز است؛ لطفاً کمی بعد دوباره تلاش کنید",
        "one-too-many",
      ),
    );
    expect(refused?.headers).toMatchObject({
      ...headersOnEveryAnswer,
      "content-type": ["application/json; charset=utf-8"],
      "retry-after": ["1"],
      "x-ratelimit-remaining": ["0"],
      "x-correlation-id": ["one-too-many"],
      "cache-control": ["no-store"],
    });
  });

  test("takes 80 calls of /status at once, four times what the application takes, and refuses more [ALC-3.2] [ALC-SEC.4]", async () => {
    const get = (agent?: Agent) => edge().ask({ client: client(), path: "/status", ...(agent && { agent }) });

    const taken = await Promise.all(Array.from({ length: 80 }, () => get()));
    const further = await askUntilRefused(get);

    expect(new Set(taken.map(({ status }) => status))).toEqual(new Set([200]));
    expect(further.map(({ status }) => status)).toContain(429);
  });

  test("limits each class and each client by itself", async () => {
    const post = { client: client(), method: "POST", path: "/allocations" };
    const refused = await askUntilRefused((agent) => edge().ask({ ...post, agent }));

    const others = await Promise.all([
      edge().ask({ client: client(), path: "/status" }),
      edge().ask({ client: client(), path: "/allocations" }),
      edge().ask({ ...post, client: "198.51.100.200" }),
    ]);

    expect(refused.map(({ status }) => status)).toContain(429);
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test("hands an error of the application on untouched, its limits included [ALC-3.4] [ALC-5.5]", async () => {
    api().answer((_request, response) => {
      response.writeHead(429, {
        "Retry-After": "7",
        "X-RateLimit-Remaining": "3",
        "X-Correlation-ID": "made-by-the-application",
      });
      response.end('{"error":{"code":"OF_THE_APPLICATION"}}');
    });

    const answer = await edge().ask({ client: client(), path: "/status" });

    expect([answer.status, answer.body]).toEqual([429, '{"error":{"code":"OF_THE_APPLICATION"}}']);
    expect(answer.headers).toMatchObject({
      "retry-after": ["7"],
      "x-ratelimit-remaining": ["3"],
      "x-correlation-id": ["made-by-the-application"],
    });
    expect(answer.headers).not.toHaveProperty("cache-control");
  });

  test.each(["of a length that is told", "in chunks"])(
    "takes a body of 32 KiB and none larger, %s [ALC-5.2] [ALC-5.5] [ALC-8.2]",
    async (kind) => {
      const headers = kind === "in chunks" ? { "Transfer-Encoding": "chunked" } : {};
      const post = (bytes: number) =>
        edge().ask({
          client: client(),
          method: "POST",
          path: "/allocations",
          headers: { ...headers, "X-Request-ID": "large" },
          body: "x".repeat(bytes),
        });

      const [taken, refused] = [await post(32_768), await post(32_769)];

      expect([taken.status, api().received.at(-1)?.body.length]).toEqual([200, 32_768]);
      expect([refused.status, JSON.parse(refused.body)]).toEqual([
        413,
        envelope("PAYLOAD_TOO_LARGE", "حجم درخواست بیش از حد مجاز است", "large"),
      ]);
      expect(refused.headers).toMatchObject(headersOnEveryAnswer);
    },
  );

  test("makes an id of its own, a UUID, for an error that came without one or with a harmful one [ALC-5.5] [ALC-7.1]", async () => {
    const without = await edge().ask({ client: client(), path: "/metrics" });
    const harmful = await edge().ask({
      client: client(),
      path: "/metrics",
      headers: { "X-Request-ID": '","code":"FORGED' },
    });

    for (const { body, headers } of [without, harmful]) {
      const { error } = JSON.parse(body);
      expect(error.code).toBe("NOT_FOUND");
      expect(error.correlation_id).toMatch(UUID_V4);
      expect(headers["x-correlation-id"]).toEqual([error.correlation_id]);
    }
  });

  test("does not repeat a POST whose answer is lost, and says so in the envelope [ALC-4.1] [ALC-5.5]", async () => {
    const before = api().received.length;
    api().answer((_request, response) => response.destroy());

    const answer = await edge().ask({
      client: client(),
      method: "POST",
      path: "/allocations",
      headers: { "X-Request-ID": "lost" },
      body: "{}",
    });

    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      502,
      envelope("BAD_GATEWAY", "سامانه پاسخ نداد؛ لطفاً کمی بعد دوباره تلاش کنید", "lost"),
    ]);
    expect(api().received.length - before).toBe(1);
  });

  test.each([
    ["no request at all", "nonsense\r\n\r\n", 400, "BAD_REQUEST"],
    [
      "a length and chunks",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400,
      "BAD_REQUEST",
    ],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
      400,
      "BAD_REQUEST",
    ],
    ["a method for debugging", "TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405, "METHOD_NOT_ALLOWED"],
    ["a path of 30 KiB", `GET /${"a".repeat(30_720)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414, "URI_TOO_LONG"],
    [
      "a header of 30 KiB",
      `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${"a".repeat(30_720)}\r\n\r\n`,
      431,
      "HEADERS_TOO_LARGE",
    ],
    [
      "a coding that nobody knows",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\nConnection: close\r\n\r\n",
      501,
      "NOT_IMPLEMENTED",
    ],
    ["a version that nobody knows", "GET / HTTP/3.0\r\nHost: x\r\n\r\n", 505, "HTTP_VERSION_NOT_SUPPORTED"],
  ])("refuses %s in the envelope", async (_what, bytes, status, code) => {
    const [head = "", body = ""] = (await sendRaw(edge().server, bytes)).split("\r\n\r\n");

    expect(head.split("\r\n")[0]).toMatch(new RegExp(`^HTTP/1\\.1 ${status}( |$)`));
    expect(JSON.parse(body).error.code).toBe(code);
    expect(head).toMatch(/^X-Frame-Options: DENY\r?$/m);
  });

  test("refuses clear text on its TLS port in the envelope", async () => {
    const response = await fetch(`http://127.0.0.1:${edge().server.port}/`);

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "BAD_REQUEST" } });
  });
});
