import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authority, type Identity, issue } from "./support/authority.ts";
import { configurations, generated } from "./support/configuration.ts";
import { canRun, faults } from "./support/nginx.ts";

/** Every nginx.conf of every environment, as the real NGINX reads it. */

const environments = ["production", "staging", "dev"];
const expected = {
  "desktop-backend": ["backend", "edge"],
  "resident-services": ["api", "clamav", "db-exporter", "edge", "frontend", "queue-exporter"],
  "student-allocation": ["api", "edge"],
};

/** Names of the cluster are known to nobody here, and NGINX asks for them as it starts. */
const withoutNames = (configuration: string) =>
  configuration.replaceAll(/[\w.-]+\.svc\.cluster\.local:/g, "127.0.0.1:");

describe.runIf(canRun())("nginx.conf", () => {
  const folder = mkdtempSync(join(tmpdir(), "nginx-configurations-"));
  let identity: Identity;

  beforeAll(() => {
    identity = issue(authority(folder), "/CN=any");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(
    environments.flatMap((environment) => Object.entries(expected).map((each) => [environment, ...each] as const)),
  )("is sound in %s for all of %s", async (environment, service, components) => {
    const values = generated(environment, service);
    const found = await configurations(values);

    expect(Object.keys(found).sort()).toEqual(components);
    for (const [component, configuration] of Object.entries(found)) {
      const place = join(folder, environment, service, component);
      expect(faults(withoutNames(configuration), place, identity.folder)).toBe("");
      // The image brings modules and user, and nothing of its own configuration.
      expect(configuration).not.toMatch(/^\s*(include|load_module|user|daemon)\b/m);
      // Longer than the longest request, and over before the pod's grace period is: 10 s after that request.
      const longest = values.components[component]?.longestRequestSeconds ?? 0;
      expect(configuration).toContain(`worker_shutdown_timeout ${longest + 5}s;`);
      // Else YAML writes it as one long line, which nobody can review.
      expect(configuration).not.toMatch(/[ \t]$/m);
    }
  });

  test("fails when a directive is not known", () => {
    const text = "pid /tmp/nginx.pid;\nssl_certificate_file /etc/tls/tls.crt;\nevents {\n}\n";

    expect(faults(text, join(folder, "fault"), identity.folder)).toMatch(
      /\[emerg\] .*unknown directive "ssl_certificate_file"/,
    );
  });
});
