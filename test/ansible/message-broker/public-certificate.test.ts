import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nginx } from "../../../ansible/inventory/roles/nginx.ts";
import { inventoryOf } from "../../../ansible/inventory.ts";
import { builtPackages, rolePackages } from "../../../scripts/packages/role-packages.ts";
import { synthesize } from "../../../scripts/start/synthesize.ts";
import { catalogue } from "../../../services/catalogue.ts";
import { resolveEstate } from "../../../services/resolve.ts";
import { parseStack } from "../../support/synth.ts";

/** What people see of the portal: its public certificate, and the oldest TLS that it speaks. */

const root = join(import.meta.dirname, "../../..");
const directory = mkdtempSync(join(tmpdir(), "portal-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const dev =
  catalogue.environments[0] ??
  (() => {
    throw new Error("no environment");
  })();

/** The catalogue, with another oldest TLS at every door of the broker. */
const speaking = (minimumTls: "1.2" | "1.3"): typeof catalogue => ({
  ...catalogue,
  services: catalogue.services.map((service) =>
    service.name === "message-broker"
      ? { ...service, entrypoints: service.entrypoints.map((entrypoint) => ({ ...entrypoint, minimumTls })) }
      : service,
  ),
});

function brokerStack(of: typeof catalogue) {
  const built = synthesize(of, dev, directory).stacks;
  const found = built.find(({ name }) => name === "message-broker");
  if (found === undefined) throw new Error("no stack message-broker");
  return parseStack(readFileSync(found.file, "utf8"));
}

describe("the portal's public certificate", () => {
  let stack: ReturnType<typeof brokerStack>;
  beforeAll(() => {
    stack = brokerStack(catalogue);
  });

  test("is for its name, proven by DNS, which renews it for as long as the record is there [BRK-26.1] [BRK-26.7]", () => {
    const certificate = stack.one("aws_acm_certificate");
    const validation = stack.one("aws_acm_certificate_validation");
    const shown = stack.all("aws_lb_listener").flatMap(({ args }) => args.certificate_arn ?? []);

    expect(certificate.args).toMatchObject({ domain_name: "portal.dev.example.org", validation_method: "DNS" });
    expect(shown).toEqual([`\${aws_acm_certificate_validation.${validation.name}.certificate_arn}`]);
  });

  test("lies on no host: none has Certbot or its files, and none reaches who would sign [BRK-26.2] [BRK-26.6]", () => {
    const roles = join(root, "ansible/roles");
    const packages = [...rolePackages(roles), ...builtPackages(roles)];
    const estate = resolveEstate(catalogue, dev);
    const outside = estate.services.flatMap(({ egress }) => egress.map((each) => JSON.stringify(each)));

    expect(packages.filter((name) => /certbot|acme/.test(name))).toEqual([]);
    expect(outside.filter((to) => /letsencrypt|acme/.test(to))).toEqual([]);
  });

  test("and what its NGINX shows the load balancer are apart from the portal's own folder [BRK-16.4]", () => {
    const file = join(root, "ansible/generated/dev/rendered/dev-brk-portal-a/etc/nginx/nginx.conf");
    const paths = [...readFileSync(file, "utf8").matchAll(/ssl_certificate(?:_key)? (\S+);/g)].map(([, path]) => path);

    expect(paths).not.toEqual([]);
    expect(paths.filter((path) => path?.startsWith("/opt/message_broker/portal"))).toEqual([]);
  });
});

/** A server of NGINX, as its role is told. */
interface Server {
  readonly listener: string;
  readonly tls: { readonly minimum: string };
}

test.each([
  ["1.2", "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"],
  ["1.3", "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09"],
] as const)(
  "one word of the catalogue makes load balancer and NGINX speak TLS %s or newer [BRK-19.5]",
  (minimum, policy) => {
    const changed = speaking(minimum);
    const listeners = brokerStack(changed).all("aws_lb_listener");
    const { groupVars } = inventoryOf(resolveEstate(changed, dev), [nginx]);
    const doors = [
      ["message_broker_portal", "web"],
      ["message_broker_proxy", "api"],
    ] as const;
    const oldest = doors.map(([group, listener]) => {
      const servers = groupVars[group]?.["nginx_servers"] as unknown as readonly Server[];
      return servers.find((server) => server.listener === listener)?.tls.minimum;
    });

    expect(listeners.flatMap(({ args }) => args.ssl_policy ?? [])).toEqual([policy]);
    expect(oldest).toEqual([minimum, minimum]);
  },
);
