import { describe, expect, test } from "vitest";
import {
  edge,
  flow,
  https,
  kib,
  loopback,
  mib,
  minutes,
  mutualHttps,
  passThrough,
  perMinute,
  perSecond,
  pods,
  seconds,
  strictHeaders,
  tls,
} from "../../../services/define.ts";
import type { Route } from "../../../services/schema/entrypoint.ts";
import { containers } from "../../services/resolve/small.ts";
import { api, behindEdge, listenerOf, realValues, smallValues } from "./small.ts";

const all: Route = { class: "all", paths: ["/*"], rate: perSecond(20), burst: 40, connections: 10 };
const edgeOf = (...given: Parameters<typeof behindEdge>) => smallValues(behindEdge(...given)).components["edge"]?.edge;

describe("the edge", () => {
  test("holds what the entrypoint says: names, limits, headers, hidden paths [NOD-1.5] [NOD-1.6] [NOD-1.7] [ALC-7.2] [ALC-7.3] [ALC-7.4]", () => {
    expect(edgeOf(api(), { entry: { errors: "envelope-fa", requestId: "keep", minimumTls: "1.3" } })).toEqual({
      port: 8443,
      metricsPort: 9113,
      serverName: "shop.test.example.org",
      minimumTls: "1.3",
      clientAddress: "x-forwarded-for",
      trustedProxies: ["10.99.0.0/22", "10.99.4.0/22", "10.99.8.0/22"],
      health: "/edge-health",
      hidden: ["/metrics", "/metrics/*"],
      headers: {
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
        "X-Frame-Options": "DENY",
        "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
      },
      requestId: "keep",
      errors: "envelope-fa",
      bodyBytes: 32_768,
      timeoutSeconds: 31,
      routes: [
        {
          class: "all",
          paths: ["/*"],
          rate: "20r/s",
          burst: 40,
          connections: 10,
          bodyBytes: 32_768,
          to: "api",
        },
      ],
      upstreams: { api: { host: "api.shop.svc.cluster.local", port: 8443, mutual: false } },
    });
  });

  test("leaves a policy with nonces to the application", () => {
    const headers = { ...strictHeaders, contentSecurityPolicy: { byApplication: "nonces" } };

    expect(edgeOf(api(), { entry: { headers } })?.headers).toEqual({
      "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
      "X-Frame-Options": "DENY",
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
    });
  });

  test("narrows routes to an audience, to methods, to a size", () => {
    const routes: readonly Route[] = [
      { ...all, class: "admin", paths: ["/admin/*"], audience: "admins" },
      { ...all, class: "upload", paths: ["/upload"], methods: ["POST"], body: mib(25) },
      { ...all, audience: "internet" },
    ];

    expect(edgeOf(api(), { routes })?.routes).toEqual([
      {
        class: "admin",
        paths: ["/admin/*"],
        rate: "20r/s",
        burst: 40,
        connections: 10,
        bodyBytes: 32_768,
        from: ["203.0.113.16/28"],
        to: "api",
      },
      {
        class: "upload",
        paths: ["/upload"],
        methods: ["POST"],
        rate: "20r/s",
        burst: 40,
        connections: 10,
        bodyBytes: 26_214_400,
        to: "api",
      },
      { class: "all", paths: ["/*"], rate: "20r/s", burst: 40, connections: 10, bodyBytes: 32_768, to: "api" },
    ]);
  });

  test("reads the client's address where CloudFront wrote it, and shows its certificate to who asks [MUN-4.17] [MUN-2.4]", () => {
    const values = realValues("production", "resident-services").components["edge"];

    expect(values?.edge).toMatchObject({
      clientAddress: "cloudfront-viewer-address",
      upstreams: {
        api: { host: "api.resident-services.svc.cluster.local", port: 8443, mutual: true },
        frontend: { host: "frontend.resident-services.svc.cluster.local", port: 8443, mutual: true },
      },
    });
    expect(values?.certificate?.usages).toEqual(["server auth", "client auth"]);
  });

  test.each([
    ["5 a second", perSecond(5), "5r/s"],
    ["10 a minute", perMinute(10), "10r/m"],
    ["1 in 2 seconds", { requests: 1, per: seconds(2) }, "30r/m"],
    ["600 in 5 minutes", { requests: 600, per: minutes(5) }, "2r/s"],
    ["25 in 5 minutes", { requests: 25, per: minutes(5) }, "5r/m"],
  ])("writes a rate as NGINX takes it: %s [MUN-2.5]", (_title, rate, expected) => {
    expect(edgeOf(api(), { routes: [{ ...all, rate }] })?.routes[0]?.rate).toBe(expected);
  });

  test("fails when a rate is no whole number a second or a minute", () => {
    expect(() => edgeOf(api(), { routes: [{ ...all, rate: { requests: 7, per: minutes(5) } }] })).toThrow(
      new Error("shop/entrypoints/web/routes/all/rate: must be whole requests a second or a minute, got 7 in 300 s"),
    );
  });

  test("fails when a rate lets nothing through", () => {
    expect(() => edgeOf(api(), { routes: [{ ...all, rate: perSecond(0) }] })).toThrow(
      new Error("shop/entrypoints/web/routes/all/rate: must be whole requests a second or a minute, got 0 in 1 s"),
    );
  });

  test("fails when the load balancer would give up before the answer is there", () => {
    expect(() => edgeOf(api({ longestRequest: seconds(58) }))).toThrow(
      new Error("shop/entrypoints/web/idle: must be >= 61 s, for the answers behind the edge; got 60 s"),
    );
    expect(edgeOf(api({ longestRequest: seconds(57) }))?.timeoutSeconds).toBe(58);
  });

  test("fails when a route leads to what no flow of the edge reaches", () => {
    const other = containers("other");
    const routes = [{ ...all, to: listenerOf(other.listens, "web") }];

    expect(() => edgeOf(api(), { routes })).toThrow(
      new Error("shop/entrypoints/web/routes/all/to: must be what a flow of the edge leads to (api), got other"),
    );
  });

  test("fails when several components stand behind it and a route names none", () => {
    const other = pods("other", {
      ...containers("other"),
      listens: { web: mutualHttps(8444), app: loopback(8001) },
      probes: api().probes,
    });
    const given = behindEdge(api(), { more: { components: [other] } });
    const front = given.components?.[0];
    if (front === undefined) throw new Error("no edge");
    const flows = [...(given.flows ?? []), flow(front, listenerOf(other.listens, "web"), "pages")];

    expect(() => smallValues({ ...given, flows })).toThrow(
      new Error("shop/entrypoints/web/routes/all/to: must be what a flow of the edge leads to (api, other), got none"),
    );
  });

  test("fails when what is behind does not speak HTTP", () => {
    const target = api({ listens: { web: tls(8443), app: loopback(8000) } });

    expect(() => edgeOf(target)).toThrow(
      new Error(
        "shop/components/edge: must call one port of pods that speaks HTTP for each component behind it, got api/web",
      ),
    );
  });

  test("fails when an entrypoint leads past it, or by a way that it does not end", () => {
    const target = api();
    const given = behindEdge(target);
    const to = listenerOf(target.listens, "web");
    const past = given.entrypoints?.map((each) => ({ ...each, to }));
    const through = passThrough("web", {
      why: "orders",
      host: "orders",
      audience: "clients",
      to,
      health: "/health",
      routes: [all],
      body: kib(32),
      idle: minutes(1),
      clientAuthority: "broker",
    });

    expect(() => smallValues({ ...given, entrypoints: past ?? [] })).toThrow(
      new Error("shop/components/edge: must have an entrypoint that leads to it, got none"),
    );
    expect(() => smallValues({ components: [target], entrypoints: past ?? [] })).toThrow(
      new Error("shop/entrypoints/web/to: must be an edge, which holds limits and headers; got api"),
    );
    expect(() => smallValues({ components: [target], entrypoints: [through] })).toThrow(
      new Error("shop/entrypoints/web: must be of the web before pods, got pass-through"),
    );
  });

  test("fails when two entrypoints share it", () => {
    const given = behindEdge(api());
    const [site] = given.entrypoints ?? [];
    if (site === undefined) throw new Error("no entrypoint");

    expect(() => smallValues({ ...given, entrypoints: [site, { ...site, name: "second" }] })).toThrow(
      new Error("shop/entrypoints/web/to: must be an edge of its own, edge has another entrypoint"),
    );
  });

  test("has no sidecar, for it is NGINX itself", () => {
    expect(edge({ why: "ends TLS" }).listens.web).toMatchObject(https(8443));
    expect(smallValues(behindEdge(api())).components["edge"]).not.toHaveProperty("sidecar");
  });
});
