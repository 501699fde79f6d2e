import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { EdgeRoute, EdgeValues, ServiceValues } from "../../../helm/values/service-values.ts";
import { template } from "../service/support/render.ts";
import { minimal, withEdge } from "../service/support/values.ts";
import { type Application, startApplication } from "./support/application.ts";
import { authority, issue } from "./support/authority.ts";
import { ask, keptConnections, type Server } from "./support/client.ts";
import { type Differently, type Edge, startEdge } from "./support/edge.ts";
import { canRun } from "./support/nginx.ts";

/** What every edge does, whatever its service. */

const route: EdgeRoute = {
  class: "all",
  paths: ["/*"],
  rate: "500r/s",
  burst: 500,
  connections: 100,
  bodyBytes: 1_048_576,
  to: "api",
};

/** Values of a service with this edge. */
function withValues(change: Partial<EdgeValues>, scratch = "64Mi"): ServiceValues {
  const edge = withEdge.components["edge"];
  if (edge?.edge === undefined) throw new Error("must have an edge");
  return {
    ...withEdge,
    components: {
      ...withEdge.components,
      edge: { ...edge, scratch: { "/tmp": scratch }, edge: { ...edge.edge, routes: [route], ...change } },
    },
  };
}

/** An edge that ends with the test, and the API behind it. */
async function started(
  change: Partial<EdgeValues> = {},
  { scratch, ...differently }: Differently & { readonly scratch?: string } = {},
): Promise<{ readonly edge: Edge; readonly api: Application }> {
  const edge = await startEdge(withValues(change, scratch), differently);
  onTestFinished(() => edge.stop());
  const api = edge.applications["api"];
  if (api === undefined) throw new Error("the edge must lead to the API");
  return { edge, api };
}

/** The version of TLS that both ends agree on, when the client speaks that one alone; else that they do not. */
const agreed = (
  { port, name, authority: { certificate } }: Server,
  version: "TLSv1.2" | "TLSv1.3",
  ciphers?: string,
): Promise<string | null> =>
  new Promise((done) => {
    const only = { minVersion: version, maxVersion: version, ...(ciphers === undefined ? {} : { ciphers }) };
    const socket = connect({ host: "127.0.0.1", port, servername: name, ca: certificate, ...only }, () => {
      done(socket.getProtocol());
      socket.destroy();
    }).on("error", () => done("none"));
  });

/** Serial number of the certificate that a server shows. */
const serialOf = ({ port, name, authority: { certificate } }: Server): Promise<string> =>
  new Promise((done, fail) => {
    const socket = connect({ host: "127.0.0.1", port, servername: name, ca: certificate }, () => {
      done(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    }).on("error", fail);
  });

describe.runIf(canRun())("an edge", () => {
  describe("with ordinary values", () => {
    let edge: Edge;
    let api: Application;
    let exporter: Application;

    beforeAll(async () => {
      exporter = await startApplication();
      edge = await startEdge(
        withValues({
          timeoutSeconds: 1,
          headers: { "Content-Security-Policy": `default-src 'self' "$uri" \\n; \${x}`, "X-Frame-Options": "DENY" },
        }),
        { exporter: exporter.port, instead: { "keepalive_time 10s": "keepalive_time 1s" } },
      );
      const application = edge.applications["api"];
      if (application === undefined) throw new Error("the edge must lead to the API");
      api = application;
    });
    afterAll(async () => {
      await edge.stop();
      await exporter.stop();
    });
    afterEach(() => api.answer((_request, response) => response.end()));

    test("sends headers as they are declared: quotes, dollar signs and semicolons mean themselves", async () => {
      const { headers } = await edge.ask({ path: "/" });

      expect(headers["content-security-policy"]).toEqual([`default-src 'self' "$uri" \\n; \${x}`]);
    });

    test("writes errors of its own as JSON", async () => {
      api.answer(() => undefined);

      const late = await edge.ask({ path: "/" });

      expect([late.status, late.body]).toEqual([504, '{"error":{"code":"GATEWAY_TIMEOUT"}}']);
      expect(late.headers).toMatchObject({
        "content-type": ["application/json; charset=utf-8"],
        "cache-control": ["no-store"],
        "x-frame-options": ["DENY"],
      });
      expect(late.headers).not.toHaveProperty("retry-after");
    });

    test.each(["GET", "POST"])("asks once for each %s, also where a kept connection breaks", async (method) => {
      const agent = keptConnections();
      await edge.ask({ path: "/", agent });
      const before = api.received.length;
      api.answer((_request, response) => response.destroy());

      const answer = await edge.ask({ method, path: "/", agent });
      agent.destroy();

      expect([answer.status, api.received.length - before]).toEqual([502, 1]);
    });

    test("keeps connections to what is behind for a while, not for good: a switched Service gets all requests soon", async () => {
      const agent = keptConnections();
      const asked = () => edge.ask({ path: "/", agent });
      await new Promise((later) => setTimeout(later, 1_100));
      await asked();
      const before = api.connections();

      for (let turn = 0; turn < 5; turn += 1) await asked();
      const soon = api.connections() - before;
      for (let turn = 0; turn < 3; turn += 1) {
        await new Promise((later) => setTimeout(later, 700));
        await asked();
      }
      agent.destroy();

      // Each of the two workers has connections of its own.
      expect(soon).toBeLessThanOrEqual(1);
      expect(api.connections() - before - soon).toBeGreaterThanOrEqual(1);
    });

    test("hands a large answer on whole", async () => {
      const large = "0123456789".repeat(500_000);
      api.answer((_request, response) => response.end(large));

      const { body } = await edge.ask({ path: "/" });

      expect(body === large).toBe(true);
    });

    test("is not led elsewhere by an answer, and leaves its redirects alone", async () => {
      api.answer((_request, response) => {
        response.writeHead(302, { Location: "https://api/elsewhere", "X-Accel-Redirect": "/.edge/error/500" });
        response.end("of the application");
      });

      const { status, headers, body } = await edge.ask({ path: "/" });

      expect([status, headers["location"], body]).toEqual([302, ["https://api/elsewhere"], "of the application"]);
    });

    test("hands out the figures of its exporter over TLS, and nothing else there", async () => {
      const figures = await ask(edge.metrics, { path: "/metrics" });
      const others = await Promise.all(["/", "/metrics/x", "/edge-health"].map((path) => ask(edge.metrics, { path })));

      expect([figures.status, exporter.received.map(({ path }) => path)]).toEqual([200, ["/metrics"]]);
      expect(others.map(({ status }) => status)).toEqual([404, 404, 404]);
    });

    test("has a status page for the exporter, on loopback", async () => {
      expect(await (await fetch(edge.status)).text()).toMatch(/^Active connections: \d+ \n/);
    });

    test("shows a renewed certificate without being told", async () => {
      const before = await serialOf(edge.server);

      issue(edge.authority, "/CN=edge.records", ["edge.records.svc.cluster.local", edge.server.name]);

      expect(await serialOf(edge.server)).not.toBe(before);
    });
  });

  test.each([
    ["1.2", ["TLSv1.2", "TLSv1.3"]],
    ["1.3", ["none", "TLSv1.3"]],
  ] as const)("speaks TLS %s or newer [MUN-2.2]", async (minimumTls, expected) => {
    const { edge } = await started({ minimumTls });

    expect([await agreed(edge.server, "TLSv1.2"), await agreed(edge.server, "TLSv1.3")]).toEqual(expected);
  });

  test("speaks no suite without forward secrecy and authenticated encryption", async () => {
    const { edge } = await started();
    const suites = ["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA"];

    expect(await Promise.all(suites.map((suite) => agreed(edge.server, "TLSv1.2", suite)))).toEqual([
      "TLSv1.2",
      "none",
      "none",
    ]);
  });

  test.each([
    ["another name", "/CN=api", ["other.records.svc.cluster.local"], "same"],
    ["another authority", "/CN=api", ["api.records.svc.cluster.local"], "other"],
  ] as const)("asks nobody whose certificate has %s", async (_what, subject, names, by) => {
    const folder = mkdtempSync(join(tmpdir(), "edge-test-"));
    const internal = authority(folder);
    const impostor = await startApplication(
      issue(by === "same" ? internal : authority(folder, "other"), subject, names),
    );
    onTestFinished(async () => {
      await impostor.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    const edge = await startEdge(withValues({}), { authority: internal, behind: { api: impostor.port } });
    onTestFinished(() => edge.stop());

    const { status } = await edge.ask({ path: "/" });

    expect([status, impostor.received]).toEqual([502, []]);
  });

  test("takes the first route that matches by path and method, and answers 404 where none does", async () => {
    const { edge } = await started({
      routes: [
        { ...route, class: "changes", paths: ["/things/*"], methods: ["POST", "PUT"] },
        { ...route, class: "one", paths: ["/things/one", "/other"] },
        { ...route, class: "things", paths: ["/things*"] },
      ],
    });

    const asked = ["POST /things/one", "GET /things/one", "GET /other", "GET /thingsome", "GET /things/one/x", "GET /"];
    const answers = await Promise.all(
      asked.map((line, index) => {
        const [method = "", path = ""] = line.split(" ");
        return edge.ask({ method, path, headers: { "X-Request-ID": `request-${index}` } });
      }),
    );
    const lines = await Promise.all(asked.map((_line, index) => edge.nginx.logged("request_id", `request-${index}`)));

    expect(lines.map((line) => line["class"])).toEqual(["changes", "one", "one", "things", "things", "-"]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 404]);
  });

  test("takes no more bodies than its scratch space holds; small ones and none at all do not count", async () => {
    const { edge, api } = await started({}, { scratch: "2Mi" });
    const waiting: (() => void)[] = [];
    api.answer((_request, response) => {
      waiting.push(() => response.end());
    });
    const large = { method: "POST", path: "/", body: "x".repeat(1_048_576) };

    const first = edge.ask(large);
    await expect.poll(() => waiting.length).toBe(1);
    const second = await edge.ask(large);
    const others = [edge.ask({ path: "/" }), edge.ask({ ...large, body: "x".repeat(9_999) })];
    await expect.poll(() => waiting.length).toBe(3);
    for (const go of waiting) go();
    const answers = await Promise.all([first, ...others]);

    expect(second.status).toBe(429);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test("names the limit that was met, whatever came with the request", async () => {
    const { edge, api } = await started({
      bodyBytes: 1024,
      routes: [{ ...route, rate: "1r/m", burst: 0 }],
    });
    const large = { method: "POST", path: "/", body: "x".repeat(1_048_576) };

    const statuses = [(await edge.ask(large)).status, (await edge.ask(large)).status];

    expect([statuses, api.received.length]).toEqual([[200, 429], 1]);
  });

  test("ends once its requests are answered, and takes no new ones", async () => {
    const { edge, api } = await started();
    let go = (): unknown => undefined;
    api.answer((_request, response) => {
      go = () => response.end("late");
    });
    const asked = edge.ask({ path: "/" });
    await expect.poll(() => api.received.length).toBe(1);

    const ended = edge.nginx.stop("SIGQUIT");
    await expect.poll(() => edge.ask({ path: "/edge-health" }).catch(({ code }) => code)).toBe("ECONNREFUSED");
    go();

    expect((await asked).body).toBe("late");
    await ended;
  });

  test("fails when a body does not fit into the scratch space", async () => {
    const { code, error } = await template({
      ...minimal,
      ...withValues({ routes: [{ ...route, bodyBytes: 100_000_000 }] }),
    });

    expect(code).toBe(1);
    expect(error).toContain(
      "components/edge/scratch//tmp: must be room for bodies of 1 sizes, one of 100000000 bytes, got 64Mi",
    );
  });

  test("fails when a header's value has a line feed", async () => {
    const { code, error } = await template({ ...minimal, ...withValues({ headers: { "X-Two": "one\ntwo" } }) });

    expect(code).toBe(1);
    expect(error).toContain('text for NGINX: must be one line without control characters, got "one\\ntwo"');
  });
});
