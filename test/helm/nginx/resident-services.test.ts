import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Application, startApplication } from "./support/application.ts";
import { authority, issue } from "./support/authority.ts";
import { type Answer, ask, LOAD_BALANCER, STRANGER } from "./support/client.ts";
import { generated } from "./support/configuration.ts";
import { type Edge, startEdge } from "./support/edge.ts";
import { canRun } from "./support/nginx.ts";
import { type Sidecar, startSidecar } from "./support/sidecar.ts";

/** The edge of resident services as it is deployed, before the API's own sidecar and an application of the test's. */

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MIB = 1024 ** 2;

describe.runIf(canRun())("the edge of resident-services", () => {
  const values = generated("production", "resident-services");
  const folder = mkdtempSync(join(tmpdir(), "resident-services-"));
  let api: Application;
  let sidecar: Sidecar;
  let edge: Edge;
  let clients = 0;
  /** A client that has used none of its limits yet. */
  let client: string;

  beforeAll(async () => {
    const internal = authority(folder);
    api = await startApplication();
    sidecar = await startSidecar(values, "api", internal, { 8000: api.port });
    const port = sidecar.servers["web"]?.port ?? 0;
    edge = await startEdge(values, { authority: internal, behind: { api: port } });
  });
  afterAll(async () => {
    await edge.stop();
    await sidecar.stop();
    await api.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    clients += 1;
    client = `198.51.100.${clients}`;
  });
  const frontend = () => {
    const application = edge.applications["frontend"];
    if (application === undefined) throw new Error("the edge must lead to the front end");
    return application;
  };

  test("hands calls of the API on by mutual TLS, pages to the front end [MUN-2.3] [MUN-2.4] [MUN-SEC.3]", async () => {
    const call = await edge.ask({ client, path: "/api/requests?mine=1", headers: { Authorization: "Bearer x" } });
    const page = await edge.ask({ client, path: "/requests" });

    expect([call.status, page.status]).toEqual([200, 200]);
    expect(api.received.at(-1)).toMatchObject({
      path: "/api/requests?mine=1",
      headers: {
        host: "residents.example.org",
        authorization: "Bearer x",
        "x-forwarded-proto": "https",
        "x-forwarded-for": client,
      },
    });
    expect(frontend().received.at(-1)?.path).toBe("/requests");
  });

  test("is the only one that the API's sidecar lets in [MUN-2.4] [MUN-SEC.3]", async () => {
    const server = { ...edge.server, port: sidecar.servers["web"]?.port ?? 0, name: "api.resident-services.svc" };
    const worker = issue(edge.authority, "/CN=worker.resident-services");

    const [shown, none] = [
      await ask(server, { path: "/api/requests", identity: worker }),
      await ask(server, { path: "/api/requests" }),
    ];

    expect([shown.status, none.status]).toEqual([403, 400]);
  });

  test("keeps a request's id and makes a UUID where there is none [MUN-3.1]", async () => {
    await edge.ask({ client, path: "/api/a", headers: { "X-Request-ID": "of-the-client" } });
    await edge.ask({ client, path: "/api/a", headers: { "X-Request-ID": 'odd "one"' } });
    await edge.ask({ client, path: "/api/a" });

    const ids = api.received.slice(-3).map(({ headers }) => headers["x-request-id"]);
    expect(ids).toEqual(["of-the-client", 'odd "one"', expect.stringMatching(UUID_V4)]);
    await expect
      .poll(() =>
        edge.nginx
          .requests()
          .filter((line) => line["client"] === client)
          .map((line) => line["request_id"]),
      )
      .toEqual(["of-the-client", expect.stringMatching(UUID_V4), ids[2]]);
  });

  test.each([
    ["198.51.100.250:443", "198.51.100.250"],
    ["2001:db8::1:2:65535", "2001:db8::1:2"],
    ["[2001:db8::7]:1", "2001:db8::7"],
    ["nonsense", LOAD_BALANCER],
    ["198.51.100.250", LOAD_BALANCER],
    ["198.51.100.250:443, 203.0.113.17:1", LOAD_BALANCER],
  ])("reads %s of CloudFront as %s", async (header, address) => {
    await edge.ask({
      path: "/requests",
      headers: { "CloudFront-Viewer-Address": header, "X-Real-IP": "203.0.113.17" },
    });

    const headers = frontend().received.at(-1)?.headers;
    expect([headers?.["x-forwarded-for"], headers?.["x-real-ip"]]).toEqual([address, address]);
    expect(headers).not.toHaveProperty("cloudfront-viewer-address");
  });

  test("believes CloudFront's header from the load balancer alone, and X-Forwarded-For from nobody", async () => {
    await edge.ask({ path: "/requests", from: STRANGER, headers: { "CloudFront-Viewer-Address": "203.0.113.17:1" } });

    expect(frontend().received.at(-1)?.headers["x-forwarded-for"]).toBe(STRANGER);
  });

  test.each([
    "/api/admin",
    "/api/admin/users",
    "/API/Admin/users",
    "//api//admin/users",
    "/api/%61dmin/users",
    "/api/admin/x/..%2f..%2fadmin",
  ])("serves %s to administrators' networks alone: others are told nothing of it [MUN-SEC.1]", async (path) => {
    const before = api.received.length;
    const outside = await edge.ask({ client, path });
    const forged = await edge.ask({ path, from: STRANGER, headers: { "CloudFront-Viewer-Address": "203.0.113.17:1" } });
    const asked = api.received.length - before;
    const inside = await edge.ask({ client: "203.0.113.17", path });

    expect([outside.status, forged.status, asked, inside.status]).toEqual([404, 404, 0, 200]);
    expect(JSON.parse(outside.body)).toEqual({ error: { code: "NOT_FOUND" } });
  });

  test("leads nobody into /api/admin by a path that only looks like another", async () => {
    await edge.ask({ client, path: "/api/admin/x/../../requests" });
    await edge.ask({ client, path: "/api/admin%2f..%2frequests" });

    expect(api.received.slice(-2).map(({ path }) => path)).toEqual(["/api/requests", "/api/requests"]);
  });

  test("limits recovery of accounts to five at once, and says when the next may come [MUN-1.9] [MUN-2.5]", async () => {
    const post = { client, method: "POST", path: "/api/auth/recovery", body: "{}" };
    const answers: Answer[] = [];
    for (let turn = 0; turn < 7; turn += 1) answers.push(await edge.ask(post));

    const other = await edge.ask({ ...post, client: "2001:db8::9" });

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 429]);
    expect(other.status).toBe(200);
    expect(JSON.parse(answers[6]?.body ?? "")).toEqual({ error: { code: "RATE_LIMIT_EXCEEDED" } });
    expect(answers[6]?.headers).toMatchObject({ "retry-after": ["12"], "x-ratelimit-remaining": ["0"] });
  });

  test("limits parallel requests of a client as well [MUN-2.5]", async () => {
    const gis = () => edge.ask({ client, path: "/api/gis" });
    const waiting: (() => void)[] = [];
    api.answer((_request, response) => {
      waiting.push(() => response.end());
    });

    const first = [gis(), gis()];
    await expect.poll(() => waiting.length).toBe(2);
    const third = await gis();
    for (const go of waiting) go();
    const answers = await Promise.all(first);
    api.answer((_request, response) => response.end());

    expect([...answers, third].map(({ status }) => status)).toEqual([200, 200, 429]);
  });

  test("takes large bodies where uploads are declared, and nowhere else", async () => {
    const post = (path: string, mebibytes: number) =>
      edge.ask({ client, method: "POST", path, body: "x".repeat(mebibytes * MIB) });

    const statuses = [
      (await post("/api/attachments", 25)).status,
      (await post("/api/attachments", 26)).status,
      (await post("/api/requests", 1)).status,
      (await post("/api/requests", 2)).status,
    ];

    expect(statuses).toEqual([200, 413, 200, 413]);
  });

  test("has its headers once on pages, calls and its own errors [MUN-2.15]", async () => {
    const policy =
      "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self' https://idp.example.org; frame-ancestors 'none'";
    frontend().answer((_request, response) => {
      response.setHeader("Content-Security-Policy", "default-src *");
      response.setHeader("Strict-Transport-Security", "max-age=1");
      response.end();
    });

    const answers = [
      await edge.ask({ client, path: "/" }),
      await edge.ask({ client, path: "/api/requests" }),
      await edge.ask({ client, path: "/metrics" }),
    ];

    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        "content-security-policy": [policy],
        "strict-transport-security": ["max-age=31536000; includeSubDomains"],
      });
    }
  });

  test("writes its own error where the application behind the sidecar is away", async () => {
    await api.stop();

    const answer = await edge.ask({ client, path: "/api/requests" });

    expect([answer.status, JSON.parse(answer.body)]).toEqual([502, { error: { code: "BAD_GATEWAY" } }]);
  });
});
