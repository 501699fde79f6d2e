import { describe, expect, test } from "vitest";
import {
  execProbe,
  httpProbe,
  https,
  loopback,
  milliseconds,
  minutes,
  mtls,
  mutualHttps,
  seconds,
  tcpProbe,
} from "../../../services/define.ts";
import type { Probe } from "../../../services/schema/component.ts";
import { api, behindEdge, smallValues } from "./small.ts";

const listens = { web: https(8443), peers: mutualHttps(8444), raw: mtls(9000), app: loopback(8000) };
const probed = (readiness: Probe) => {
  const probes = { startup: tcpProbe("web"), readiness, liveness: tcpProbe("web") };
  return smallValues(behindEdge(api({ listens, probes }))).components["api"]?.probes;
};

describe("a probe", () => {
  test("over HTTP asks the sidecar over TLS, by number, with the timing of the catalogue [NOD-4.11] [MUN-4.10]", () => {
    expect(probed(httpProbe("/health", "web", { every: seconds(5), failures: 30 }))?.readiness).toEqual({
      httpGet: { path: "/health", port: 8443, scheme: "HTTPS" },
      periodSeconds: 5,
      timeoutSeconds: 3,
      failureThreshold: 30,
    });
  });

  test("by a connection or a command is what it says, in whole seconds", () => {
    expect(probed(tcpProbe("raw"))?.readiness).toEqual({
      tcpSocket: { port: 9000 },
      periodSeconds: 10,
      timeoutSeconds: 3,
      failureThreshold: 3,
    });
    expect(probed(execProbe(["ping", "1"], { every: minutes(1), timeout: milliseconds(1_500) }))?.readiness).toEqual({
      exec: { command: ["ping", "1"] },
      periodSeconds: 60,
      timeoutSeconds: 2,
      failureThreshold: 3,
    });
  });

  test.each<[string, Probe, string]>([
    [
      "a port that wants a client certificate, which the kubelet has not",
      httpProbe("/health", "peers"),
      "shop/components/api/probes/readiness/on: must be TLS without client certificate, which the kubelet has not; got peers (mtls)",
    ],
    [
      "the application's loopback",
      httpProbe("/health", "app"),
      "shop/components/api/probes/readiness/on: must be a port of the pod: web, peers, raw; got app",
    ],
    [
      "what does not listen",
      tcpProbe("nothing"),
      "shop/components/api/probes/readiness/on: must be a port of the pod: web, peers, raw; got nothing",
    ],
  ])("fails when it asks %s", (_title, probe, message) => {
    expect(() => probed(probe)).toThrow(new Error(message));
  });
});
