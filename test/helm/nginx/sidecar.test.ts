import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer, type Server as TcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { ServiceValues, SidecarServer } from "../../../helm/values/service-values.ts";
import { withApi } from "../service/support/values.ts";
import { type Application, startApplication } from "./support/application.ts";
import { type Authority, authority, issue } from "./support/authority.ts";
import { ask, type Server, sendRaw } from "./support/client.ts";
import { generated } from "./support/configuration.ts";
import { canRun } from "./support/nginx.ts";
import { type Sidecar, startSidecar } from "./support/sidecar.ts";

/** What every sidecar does, whatever is behind it. */

const http: SidecarServer = { port: 8443, upstream: 8000, speaks: "http", bodyBytes: 0, timeoutSeconds: 1 };

const values: ServiceValues = withApi({
  ports: { web: 8443, "with-callers": 8444, closed: 8445, metrics: 9102 },
  sidecar: {
    web: { ...http, hidden: ["/metrics", "/metrics/*"] },
    "with-callers": { ...http, port: 8444, clients: ["edge.records", "worker.records"] },
    closed: { ...http, port: 8445, clients: [] },
    metrics: { ...http, port: 9102, only: ["/metrics", "/health/*"], bodyBytes: 1024 },
  },
});

describe.runIf(canRun())("a sidecar", () => {
  const folder = mkdtempSync(join(tmpdir(), "sidecar-test-"));
  let internal: Authority;
  let application: Application;
  let sidecar: Sidecar;

  beforeAll(async () => {
    internal = authority(folder);
    application = await startApplication();
    sidecar = await startSidecar(values, "api", internal, { 8000: application.port });
  });
  afterAll(async () => {
    await sidecar.stop();
    await application.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => application.answer((_request, response) => response.end("answered by the application")));

  const server = (listener: string): Server => {
    const found = sidecar.servers[listener];
    if (found === undefined) throw new Error(`${listener}: must be a listener`);
    return found;
  };

  test("hands a request on as it came, and says that it came over TLS", async () => {
    const headers = {
      Authorization: "Bearer x",
      Host: "allocation.example.org:8443",
      "X-Forwarded-For": "198.51.100.1",
      "X-Forwarded-Proto": "http",
      "X-Request-ID": "an id",
    };

    const answer = await ask(server("web"), { method: "PUT", path: "/a//b?c=%2F", headers, body: "text" });

    expect([answer.status, answer.body]).toEqual([200, "answered by the application"]);
    expect(application.received.at(-1)).toEqual({
      method: "PUT",
      path: "/a/b?c=%2F",
      body: "text",
      headers: {
        host: "allocation.example.org:8443",
        authorization: "Bearer x",
        "x-forwarded-for": "198.51.100.1",
        "x-forwarded-proto": "https",
        "x-request-id": "an id",
        connection: "close",
        "content-length": "4",
      },
    });
  });

  test("leaves answers alone, errors included", async () => {
    application.answer((_request, response) => {
      response.writeHead(503, { "Retry-After": "9", "X-Frame-Options": "SAMEORIGIN" });
      response.end("of the application");
    });

    const { status, headers, body } = await ask(server("web"), { path: "/" });

    expect([status, headers["retry-after"], headers["x-frame-options"], body]).toEqual([
      503,
      ["9"],
      ["SAMEORIGIN"],
      "of the application",
    ]);
  });

  test("asks no certificate of the kubelet, where none is declared", async () => {
    expect((await ask(server("web"), { path: "/health" })).status).toBe(200);
  });

  test.each([
    ["/CN=edge.records", 200],
    ["/CN=worker.records", 200],
    ["/CN=edge-records", 403],
    ["/CN=edge.recordsx", 403],
    ["/CN=xedge.records", 403],
    ["/CN=EDGE.records", 403],
    ["/CN=other/CN=edge.records", 403],
    ["/CN=edge.records/CN=other", 403],
    ["/O=x,CN=edge.records/CN=other", 403],
    ["/CN=other,CN=edge.records", 403],
    ["/OU=CN=edge.records", 403],
    ["/O=CN=edge.records/CN=other", 403],
  ])("lets a client with subject %s in by its name as a whole: %i", async (subject, status) => {
    const before = application.received.length;

    const answer = await ask(server("with-callers"), { path: "/", identity: issue(internal, subject) });

    expect([answer.status, application.received.length - before]).toEqual([status, status === 200 ? 1 : 0]);
  });

  test("lets nobody in without a certificate, or with one of another authority", async () => {
    const stranger = issue(authority(folder, "other"), "/CN=edge.records");

    const answers = [
      await ask(server("with-callers"), { path: "/" }),
      await ask(server("with-callers"), { path: "/", identity: stranger }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
  });

  test("lets nobody in where no client is named", async () => {
    const identity = issue(internal, "/CN=edge.records");

    expect((await ask(server("closed"), { path: "/", identity })).status).toBe(403);
  });

  test("serves the paths that it is given alone, and never hidden ones", async () => {
    const statusOf = async (listener: string, path: string) => (await ask(server(listener), { path })).status;
    const statuses = (listener: string, paths: readonly string[]) =>
      Promise.all(paths.map((path) => statusOf(listener, path)));

    expect(
      await statuses("metrics", ["/metrics", "/health/live", "/", "/metrics/x", "/health/../x", "/metrics%0A"]),
    ).toEqual([200, 200, 404, 404, 404, 404]);
    expect(
      await statuses("web", ["/", "/metrics", "/metrics/x", "//Metrics", "/%6detrics", "/x/..%2fmetrics"]),
    ).toEqual([200, 404, 404, 404, 404, 404]);
  });

  test("takes bodies up to its limit, and of any size where the edge decides", async () => {
    const post = (listener: string, path: string, bytes: number) =>
      ask(server(listener), { method: "POST", path, body: "x".repeat(bytes) });

    expect([
      (await post("metrics", "/metrics", 1024)).status,
      (await post("metrics", "/metrics", 1025)).status,
      (await post("web", "/", 5_000_000)).status,
    ]).toEqual([200, 413, 200]);
  });

  test.each(["GET", "POST"])("asks once for each %s whose answer is lost", async (method) => {
    const before = application.received.length;
    application.answer((_request, response) => response.destroy());

    const { status } = await ask(server("web"), { method, path: "/" });

    expect([status, application.received.length - before]).toEqual([502, 1]);
  });

  test("answers 502 while nothing is behind it yet, and just closes to the edge, which writes its own error", async () => {
    const starting = await startSidecar(values, "api", internal, {});
    onTestFinished(() => starting.stop());
    const { web } = starting.servers;
    if (web === undefined) throw new Error("must listen");

    const probe = await ask(web, { path: "/health" });
    const ofTheEdge = ask(web, { path: "/health?token=in-the-query", headers: { "X-Real-IP": "198.51.100.1" } });

    expect([probe.status, probe.body]).toEqual([502, "nothing answers behind this port\n"]);
    await expect(ofTheEdge).rejects.toThrow("socket hang up");
    await expect
      .poll(() => starting.nginx.requests())
      .toMatchObject([
        { method: "GET", path: "/health", status: "502", upstream_status: "502" },
        { method: "GET", path: "/health", status: "502", upstream_status: "502" },
      ]);
    expect(JSON.stringify(starting.nginx.requests()) + starting.nginx.errors()).not.toContain("in-the-query");
  });

  test("gives up on an application that does not answer in time", async () => {
    application.answer(() => undefined);

    expect((await ask(server("web"), { path: "/" })).status).toBe(504);
  });

  test("logs what it refuses, with who asked, and nothing else", async () => {
    await ask(server("with-callers"), { path: "/taken", identity: issue(internal, "/CN=edge.records") });
    await ask(server("with-callers"), { path: "/x?secret", identity: issue(internal, "/CN=unlisted.records") });

    expect(await sidecar.nginx.logged("caller", "CN=unlisted.records")).toEqual({
      time: expect.stringMatching(/^\d{4}-/),
      request_id: "",
      caller: "CN=unlisted.records",
      peer: "127.0.0.2",
      port: String(server("with-callers").port),
      method: "GET",
      path: "/x",
      status: "403",
      seconds: expect.any(Number),
      upstream_status: "",
    });
    expect(sidecar.nginx.requests().some(({ path }) => path === "/taken")).toBe(false);
  });
});

describe.runIf(canRun())("the sidecar of the virus scanner", () => {
  const scanner = generated("production", "resident-services");
  const folder = mkdtempSync(join(tmpdir(), "scanner-test-"));
  let internal: Authority;
  let clamd: TcpServer;
  let asked = 0;
  let sidecar: Sidecar;

  beforeAll(async () => {
    internal = authority(folder);
    clamd = createServer((socket) => {
      asked += 1;
      socket.on("data", (bytes) => socket.end(`scanned ${bytes}`));
    });
    await new Promise<void>((ready) => clamd.listen(0, "127.0.0.1", ready));
    sidecar = await startSidecar(scanner, "clamav", internal, { 13310: (clamd.address() as AddressInfo).port });
  });
  afterAll(async () => {
    await sidecar.stop();
    await new Promise((closed) => clamd.close(closed));
    rmSync(folder, { recursive: true, force: true });
  });
  const port = (): Server => {
    const { clamd: found } = sidecar.servers;
    if (found === undefined) throw new Error("must listen");
    return found;
  };

  test.each(["api", "worker"])("hands the bytes of %s on to clamd [MUN-2.3] [MUN-2.4]", async (name) => {
    const identity = issue(internal, `/CN=${name}.resident-services`);

    expect(await sendRaw(port(), "zPING", identity)).toBe("scanned zPING");
  });

  test("closes the connection of all others, and clamd never hears of them [MUN-2.4] [MUN-SEC.3]", async () => {
    const before = asked;
    const frontend = issue(internal, "/CN=frontend.resident-services");
    const stranger = issue(authority(folder, "other"), "/CN=api.resident-services");

    const said = [
      await sendRaw(port(), "zPING", frontend).catch(() => ""),
      await sendRaw(port(), "zPING", stranger).catch(() => ""),
      await sendRaw(port(), "zPING").catch(() => ""),
    ];

    expect([said, asked - before]).toEqual([["", "", ""], 0]);
  });

  test("shows a renewed certificate without being told, by stream as by http", async () => {
    const [subject, names] = ["/CN=clamav.resident-services", ["clamav.resident-services.svc.cluster.local"]] as const;
    const other = issue(authority(folder, "renewed"), subject, names);
    const caller = issue(internal, "/CN=api.resident-services");
    for (const file of ["tls.crt", "tls.key"])
      copyFileSync(join(other.folder, file), join(sidecar.identity.folder, file));

    await expect(sendRaw(port(), "zPING", caller)).rejects.toThrow(/unable to verify|self-signed/);
  });
});
