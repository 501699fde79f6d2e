import { describe, expect, test } from "vitest";
import {
  flow,
  httpProbe,
  https,
  loopback,
  metrics,
  minutes,
  mtls,
  mutualHttps,
  seconds,
  tcpProbe,
} from "../../../services/define.ts";
import { machines, shop } from "../../services/resolve/small.ts";
import { api, behindEdge, listenerOf, realValues, smallValues } from "./small.ts";

const probes = (path: string, on: string) => ({
  startup: httpProbe(path, on),
  readiness: httpProbe(`${path}/ready`, on),
  liveness: tcpProbe("web"),
});
/** Probes of a port that wants a client certificate: the kubelet has none. */
const connected = { startup: tcpProbe("web"), readiness: tcpProbe("web"), liveness: tcpProbe("web") };
const sidecarOf = (target: Parameters<typeof behindEdge>[0]) =>
  smallValues(behindEdge(target)).components["api"]?.sidecar;

describe("a TLS sidecar", () => {
  test("serves what callers want but never metrics; a port for scrapes serves metrics and health alone [ALC-6.8] [ALC-SEC.2]", () => {
    const target = api({
      listens: { web: https(8443), metrics: metrics(9102), app: loopback(8000) },
      probes: probes("/live", "metrics"),
      longestRequest: seconds(30),
    });

    expect(sidecarOf(target)).toEqual({
      web: {
        port: 8443,
        upstream: 8000,
        speaks: "http",
        hidden: ["/metrics", "/metrics/*"],
        bodyBytes: 0,
        timeoutSeconds: 32,
      },
      metrics: {
        port: 9102,
        upstream: 8000,
        speaks: "http",
        only: ["/metrics", "/live", "/live/ready"],
        bodyBytes: 1024,
        timeoutSeconds: 32,
      },
    });
  });

  test("hands scrapes to the exporter where there is one", () => {
    const target = api({
      listens: { web: https(8443), metrics: metrics(9102), app: loopback(8000), exporter: loopback(9000) },
    });

    expect(sidecarOf(target)?.["metrics"]?.upstream).toBe(9000);
    expect(sidecarOf(target)?.["web"]?.upstream).toBe(8000);
  });

  test("asks callers for certificates where the catalogue says so, and knows whose [MUN-2.4] [MUN-SEC.3]", () => {
    const target = api({
      listens: { web: mutualHttps(8443), health: https(9102), app: loopback(8000) },
      probes: probes("/health", "health"),
    });

    expect(sidecarOf(target)).toEqual({
      web: {
        port: 8443,
        upstream: 8000,
        speaks: "http",
        clients: ["edge.shop"],
        hidden: ["/metrics", "/metrics/*"],
        bodyBytes: 0,
        timeoutSeconds: 32,
      },
      health: {
        port: 9102,
        upstream: 8000,
        speaks: "http",
        only: ["/health", "/health/ready"],
        bodyBytes: 1024,
        timeoutSeconds: 32,
      },
    });
  });

  test("hands on bytes of another protocol for as long as a request may take", () => {
    const { clamav } = realValues("production", "resident-services").components;

    expect(clamav?.sidecar?.["clamd"]).toEqual({
      port: 3310,
      upstream: 13310,
      speaks: "tcp",
      clients: ["api.resident-services", "worker.resident-services"],
      bodyBytes: 0,
      timeoutSeconds: 62,
    });
  });

  test("is absent where nothing listens, and at the edge", () => {
    const { components } = realValues("dev", "resident-services");
    const without = Object.entries(components).filter(([, { sidecar }]) => sidecar === undefined);

    expect(without.map(([name]) => name)).toEqual(["edge", "worker", "beat"]);
  });

  test("fails when no application stands behind a port", () => {
    expect(() => sidecarOf(api({ listens: { web: https(8443) } }))).toThrow(
      new Error('shop/components/api/listens/web: must have a loopback listener "app" behind it, got none'),
    );
    expect(() => sidecarOf(api({ listens: { web: https(8443), app: https(8000) } }))).toThrow(
      new Error('shop/components/api/listens/web: must have a loopback listener "app" behind it, got app (tls)'),
    );
  });

  test("fails when a port is not encrypted in a way it speaks", () => {
    const mail = { ...mtls(2525), transport: "starttls" } as const;

    expect(() => sidecarOf(api({ listens: { web: https(8443), mail, app: loopback(8000) } }))).toThrow(
      new Error(
        "shop/components/api/listens/mail/transport: must be tls or mtls: a sidecar speaks no other; got starttls",
      ),
    );
  });

  test("fails when hosts call, whose certificates it cannot know", () => {
    const target = api({
      listens: { web: mutualHttps(8443), app: loopback(8000) },
      probes: connected,
    });
    const till = machines("till");
    const given = behindEdge(target, {
      more: { components: [till], flows: [flow(till, listenerOf(target.listens, "web"), "orders")] },
    });

    expect(() => smallValues(given)).toThrow(
      new Error("shop/till->api:8443: must come from pods of shop, whose certificates are known; got shop/till"),
    );
  });

  test("fails when a certificate should open some paths only", () => {
    const target = api({ listens: { web: mutualHttps(8443), app: loopback(8000) }, probes: connected });
    const given = behindEdge(target);
    const [first] = given.flows ?? [];
    const flows = first === undefined ? [] : [{ ...first, paths: ["/internal/*"] }];

    expect(() => smallValues(shop({ ...given, flows }))).toThrow(
      new Error("shop/components/api/listens/web: a certificate must open every path of pods, got /internal/*"),
    );
  });

  test("waits longer than the application and the edge do, for the edge knows how the service writes errors", () => {
    const target = api({ longestRequest: minutes(0.5) });

    expect(sidecarOf(target)?.["web"]?.timeoutSeconds).toBe(32);
  });
});
