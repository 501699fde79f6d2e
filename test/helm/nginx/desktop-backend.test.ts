import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Application, startApplication } from "./support/application.ts";
import { authority } from "./support/authority.ts";
import { ask } from "./support/client.ts";
import { generated } from "./support/configuration.ts";
import { type Edge, startEdge } from "./support/edge.ts";
import { canRun } from "./support/nginx.ts";
import { type Sidecar, startSidecar } from "./support/sidecar.ts";

/** The way into the desktop backend as it is deployed: its edge, the backend's own sidecar, an application of the test's. */

const headersOnEveryAnswer = {
  "strict-transport-security": ["max-age=31536000; includeSubDomains"],
  "x-frame-options": ["DENY"],
  "content-security-policy": ["default-src 'self'; frame-ancestors 'none'"],
};

describe.runIf(canRun())("the way into desktop-backend", () => {
  const values = generated("production", "desktop-backend");
  const folder = mkdtempSync(join(tmpdir(), "desktop-backend-"));
  let application: Application;
  let sidecar: Sidecar;
  let edge: Edge;

  beforeAll(async () => {
    const internal = authority(folder);
    application = await startApplication();
    sidecar = await startSidecar(values, "backend", internal, { 3000: application.port });
    edge = await startEdge(values, {
      authority: internal,
      behind: { backend: sidecar.servers["web"]?.port ?? 0 },
    });
  });
  afterAll(async () => {
    await edge.stop();
    await sidecar.stop();
    await application.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("leads through TLS at both hops to an application on loopback [NOD-1.1]", async () => {
    const answer = await edge.ask({ path: "/v1/things?x=1", headers: { Authorization: "Bearer x" } });

    expect([answer.status, answer.body]).toEqual([200, "answered by the application"]);
    expect(application.received).toEqual([
      expect.objectContaining({
        path: "/v1/things?x=1",
        headers: expect.objectContaining({
          host: "desktop.example.org",
          authorization: "Bearer x",
          "x-forwarded-for": "198.51.100.1",
          "x-forwarded-proto": "https",
        }),
      }),
    ]);
  });

  test("has HSTS, X-Frame-Options and a content security policy on every answer, once each [NOD-1.5] [NOD-1.6] [NOD-1.7]", async () => {
    application.answer((_request, response) => {
      response.setHeader("X-Frame-Options", "SAMEORIGIN");
      response.setHeader("Content-Security-Policy", "default-src *");
      response.statusCode = 500;
      response.end();
    });
    const post = { method: "POST", path: "/", body: "x".repeat(1_048_577) };

    const answers = [
      await edge.ask({ path: "/" }),
      await edge.ask({ path: "/metrics" }),
      await edge.ask(post),
      await edge.ask({ path: "/edge-health" }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([500, 404, 413, 200]);
    for (const { headers } of answers) expect(headers).toMatchObject(headersOnEveryAnswer);
  });

  test("serves metrics on a port of their own and no other path there; nothing of them where the edge asks", async () => {
    application.answer((_request, response) => response.end());
    const { web, metrics } = sidecar.servers;
    if (web === undefined || metrics === undefined) throw new Error("the backend must listen for both");
    const paths = ["/metrics", "/health", "/v1/things", "/Metrics", "/metrics/x"];

    const ofMetrics = await Promise.all(paths.map((path) => ask(metrics, { path })));
    const ofWeb = await Promise.all(paths.map((path) => ask(web, { path })));

    expect(ofMetrics.map(({ status }) => status)).toEqual([200, 404, 404, 404, 404]);
    expect(ofWeb.map(({ status }) => status)).toEqual([404, 200, 200, 404, 404]);
  });
});
