import { expect, test } from "vitest";
import { refusal, render, the } from "./support/render.ts";
import { api, minimal, withApi } from "./support/values.ts";

/** Probes: all three on every component, on ports that the kubelet reaches. */

const { probes } = api;
const timing = { periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 };

test("stand on the component's own container as the values say", async () => {
  const given = {
    startup: { tcpSocket: { port: 8443 }, periodSeconds: 2, timeoutSeconds: 3, failureThreshold: 30 },
    readiness: { httpGet: { path: "/ready", port: 9102, scheme: "HTTPS" }, ...timing },
    liveness: { exec: { command: ["/bin/sh", "-c", 'test -n "$(find /tmp/alive -mmin -5)"'] }, ...timing },
  };
  const [container] = the(await render(withApi({ probes: given })), "Deployment", "api").spec.template.spec.containers;

  expect([container.startupProbe, container.readinessProbe, container.livenessProbe]).toEqual([
    given.startup,
    given.readiness,
    given.liveness,
  ]);
});

test.each(["startup", "readiness", "liveness"] as const)("fails when there is no %s probe", async (kind) => {
  const { [kind]: _, ...others } = probes;

  expect(await refusal({ ...minimal, components: { api: { ...api, probes: others } } })).toEqual([
    `- at '/components/api/probes': missing property '${kind}'`,
  ]);
});

test("fails when one asks on a port that the pod does not have", async () => {
  const readiness = { httpGet: { path: "/health", port: 8444, scheme: "HTTPS" }, ...timing };
  const startup = { tcpSocket: { port: 8000 }, ...timing };

  expect(await refusal(withApi({ probes: { ...probes, readiness, startup } }))).toEqual([
    "components/api/probes/readiness/httpGet/port: must be a port of the component or its sidecar (8443, 9102), got 8444",
    "components/api/probes/startup/tcpSocket/port: must be a port of the component or its sidecar (8443, 9102), got 8000",
  ]);
});

test("fails when one would need a client certificate", async () => {
  const web = {
    port: 8443,
    upstream: 8000,
    speaks: "http",
    clients: ["edge.records"],
    bodyBytes: 0,
    timeoutSeconds: 30,
  };

  const lines = await refusal({ ...minimal, components: { api: { ...api, sidecar: { web } } } });

  expect(lines).toEqual(
    ["liveness", "readiness", "startup"].map(
      (kind) =>
        `components/api/probes/${kind}/httpGet/port: must be a port that asks for no client certificate: the kubelet has none, got 8443`,
    ),
  );
});

test.each([
  ["a misspelt field", { ...probes.readiness, periodSecond: 5 }, "additional properties 'periodSecond' not allowed"],
  ["no way to ask", timing, "'oneOf' failed"],
  ["two ways to ask", { ...probes.readiness, tcpSocket: { port: 8443 } }, "'oneOf' failed"],
  [
    "no timing",
    { tcpSocket: { port: 8443 } },
    "missing properties 'periodSeconds', 'timeoutSeconds', 'failureThreshold'",
  ],
  ["no TLS", { httpGet: { path: "/", port: 8443, scheme: "HTTP" }, ...timing }, "value must be 'HTTPS'"],
])("fails when one has %s", async (_, readiness, message) => {
  const lines = await refusal({ ...minimal, components: { api: { ...api, probes: { ...probes, readiness } } } });

  expect(lines.join("\n")).toContain("at '/components/api/probes/readiness");
  expect(lines.join("\n")).toContain(message);
});
