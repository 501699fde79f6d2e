import { describe, expect, test } from "vitest";
import { LOAD_BALANCER, STRANGER } from "./support/client.ts";
import { canRun } from "./support/nginx.ts";
import { deployed, headersOnEveryAnswer } from "./support/student-allocation.ts";

/** The edge of student allocation as it is deployed: what it hands on, and what it keeps to itself. */

describe.runIf(canRun())("the edge of student-allocation", () => {
  const { edge, api, client } = deployed();

  test("hands a request on with credentials, idempotency key, host, query and body as they came [ALC-1.1] [ALC-4.1]", async () => {
    const answer = await edge().ask({
      client: client(),
      method: "POST",
      path: "/allocations?dry=1&name=%D8%B9%20x",
      headers: {
        Authorization: "Bearer token-of-a-client",
        "X-API-Key": "key-of-a-client",
        "Idempotency-Key": "0123456789abcdef",
        "Content-Type": "application/json; charset=utf-8",
      },
      body: '{"id":1}',
    });

    expect([answer.status, answer.body]).toEqual([200, "answered by the application"]);
    expect(api().received.at(-1)).toEqual({
      method: "POST",
      path: "/allocations?dry=1&name=%D8%B9%20x",
      body: '{"id":1}',
      headers: {
        host: "allocation.example.org",
        "x-forwarded-for": client(),
        "x-forwarded-proto": "https",
        "x-real-ip": client(),
        authorization: "Bearer token-of-a-client",
        "x-api-key": "key-of-a-client",
        "idempotency-key": "0123456789abcdef",
        "content-type": "application/json; charset=utf-8",
        "content-length": "8",
      },
    });
  });

  test("hands on a token of 15 KiB, which the load balancer lets through [ALC-1.2]", async () => {
    const token = `Bearer ${"a".repeat(15 * 1024)}`;

    const { status } = await edge().ask({ client: client(), path: "/status", headers: { Authorization: token } });

    expect([status, api().received.at(-1)?.headers["authorization"]]).toEqual([200, token]);
  });

  test("keeps the request id of a client and makes none: the application does [ALC-7.1]", async () => {
    await edge().ask({ client: client(), path: "/status", headers: { "X-Request-ID": "from-the-client" } });
    await edge().ask({ client: client(), path: "/status", headers: { "X-Request-ID": 'with "quotes"' } });
    await edge().ask({ client: client(), path: "/status" });

    expect(
      api()
        .received.slice(-3)
        .map(({ headers }) => headers["x-request-id"]),
    ).toEqual(["from-the-client", 'with "quotes"', undefined]);
  });

  test("has each header once on every answer, whatever the application sends [ALC-7.2] [ALC-7.3] [ALC-7.4]", async () => {
    api().answer((_request, response) => {
      response.setHeader("x-frame-options", "SAMEORIGIN");
      response.setHeader("Referrer-Policy", ["unsafe-url", "origin"]);
      response.setHeader("X-Powered-By", "the application");
      response.end();
    });
    const answers = [
      await edge().ask({ client: client(), path: "/status" }),
      await edge().ask({ client: client(), path: "/metrics" }),
      await edge().ask({ client: client(), path: "/edge-health" }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 404, 200]);
    for (const { headers } of answers) expect(headers).toMatchObject(headersOnEveryAnswer);
  });

  test("believes the last address of X-Forwarded-For, from the load balancer alone", async () => {
    const forged = {
      "X-Forwarded-For": "203.0.113.9, 198.51.100.77",
      "X-Forwarded-Host": "evil.example.org",
      Forwarded: "for=1.2.3.4",
    };
    await edge().ask({
      path: "/status",
      headers: { ...forged, "X-Real-IP": "203.0.113.9", "X-Forwarded-Proto": "http" },
    });
    await edge().ask({ path: "/status", headers: { "X-Forwarded-For": `203.0.113.9, ${LOAD_BALANCER}` } });
    await edge().ask({ path: "/status", headers: forged, from: STRANGER });

    const got = api()
      .received.slice(-3)
      .map(({ headers }) => headers);
    expect(got.map((headers) => headers["x-forwarded-for"])).toEqual(["198.51.100.77", LOAD_BALANCER, STRANGER]);
    expect(got.map((headers) => headers["x-real-ip"])).toEqual(["198.51.100.77", LOAD_BALANCER, STRANGER]);
    expect(got.map((headers) => headers["x-forwarded-proto"])).toEqual(["https", "https", "https"]);
    expect(got.map((headers) => headers["forwarded"] ?? headers["x-forwarded-host"])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("logs a line of JSON for each request, with its class and without anything secret [ALC-1.1]", async () => {
    await edge().ask({
      client: client(),
      method: "POST",
      path: "/allocations?token=in-the-query",
      headers: {
        Authorization: "Bearer in-a-header",
        "X-API-Key": "in-a-header",
        Cookie: "session=in-a-cookie",
        Referer: "https://example.org/?in-the-referrer",
        "X-Request-ID": "logged",
        "User-Agent": 'a "browser"',
      },
    });
    await edge().ask({ client: client(), path: "/edge-health" });
    api().answer((_request, response) => response.destroy());
    await edge().ask({ client: client(), path: "/status?token=in-the-query" });

    const line = await edge().nginx.logged("request_id", "logged");
    expect(line).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+\d\d:\d\d$/),
      request_id: "logged",
      correlation_id: "",
      class: "allocate",
      client: client(),
      method: "POST",
      path: "/allocations",
      status: "200",
      bytes: expect.any(Number),
      request_bytes: expect.any(Number),
      seconds: expect.any(Number),
      upstream_status: "200",
      upstream_connect_seconds: expect.stringMatching(/^\d+\.\d{3}$/),
      upstream_seconds: expect.stringMatching(/^\d+\.\d{3}$/),
      user_agent: 'a "browser"',
    });
    expect(JSON.stringify(edge().nginx.requests()) + edge().nginx.errors()).not.toMatch(/in-(the|a)-|edge-health/);
  });

  test("logs method and path of a request that it refused itself", async () => {
    await edge().ask({
      client: client(),
      method: "POST",
      path: "/metrics?x",
      headers: { "X-Request-ID": "refused" },
      body: "x",
    });

    expect(await edge().nginx.logged("request_id", "refused")).toMatchObject({
      class: "-",
      method: "POST",
      path: "/metrics",
      status: "404",
    });
  });

  test("answers its health itself, under any host name and however often", async () => {
    const before = api().received.length;
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        edge().ask({ client: client(), path: "/edge-health", headers: { Host: "10.30.8.17" } }),
      ),
    );

    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(new Set(["200 ok\n"]));
    expect(api().received.length).toBe(before);
  });
});
