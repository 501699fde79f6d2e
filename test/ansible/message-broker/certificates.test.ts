import { isIP } from "node:net";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Rendered } from "../support/render.ts";
import { broker, brokerPlace, MAIN, PORTAL, PROXY, programs, readerOf, renderBroker, WORKER } from "./hosts.ts";

/** Where certificates lie on the broker's hosts, for all who install, read and show them. */

let rendered: Rendered;
let read: ReturnType<typeof readerOf>;
beforeAll(() => {
  rendered = renderBroker();
  read = readerOf(rendered);
}, 180_000);
afterAll(() => rendered.remove());

describe("the proxy's certificate", () => {
  /** The three paths as the program opens them: from its working directory. */
  const opened = () => {
    const { SERVER_CERT_PATH = "", SERVER_KEY_PATH = "", CA_CERT_PATH = "" } = read.environment(PROXY);
    const { WorkingDirectory = "", EnvironmentFile } = read.unit(PROXY);
    expect(EnvironmentFile).toBe(programs[PROXY].environment);
    const from = (path: string) => resolve(WorkingDirectory, path);
    return { certificate: from(SERVER_CERT_PATH), key: from(SERVER_KEY_PATH), authority: from(CA_CERT_PATH) };
  };

  test("lies where the requirement says, and belongs to the program [BRK-6.1]", () => {
    expect(brokerPlace(read, PROXY)).toMatchObject({
      certificate: "/opt/message_broker_proxy/proxy/certs/proxy.crt",
      key: "/opt/message_broker_proxy/proxy/certs/proxy.key",
      authority: "/opt/message_broker_proxy/proxy/certs/ca.crt",
    });
  });

  test("is given to the program by relative paths [BRK-2.8] [BRK-2.9] [BRK-2.10] [BRK-6.2]", () => {
    expect(read.environment(PROXY)).toMatchObject({
      SERVER_CERT_PATH: "certs/proxy.crt",
      SERVER_KEY_PATH: "certs/proxy.key",
      CA_CERT_PATH: "certs/ca.crt",
    });
  });

  test("is the same file for environment, unit, NGINX and what installs it [BRK-2.8] [BRK-2.9] [BRK-2.10] [BRK-6.2]", () => {
    const { certificate, key, authority } = brokerPlace(read, PROXY);

    expect(opened()).toEqual({ certificate, key, authority });
    for (const port of [8001, 8002]) {
      expect(read.servers(PROXY).get(port)).toMatchObject({
        ssl_certificate: certificate,
        ssl_certificate_key: key,
        ssl_client_certificate: authority,
      });
    }
  });
});

describe("main's certificate", () => {
  test("is at the three paths of the requirement for the program, NGINX and what installs it [BRK-13.8] [BRK-16.1]", () => {
    const root = "/opt/message_broker/main_server/certs";

    expect(read.environment(MAIN)).toMatchObject({
      CA_CERT_PATH: `${root}/ca.crt`,
      SERVER_KEY_PATH: `${root}/server.key`,
      SERVER_CERT_PATH: `${root}/server.crt`,
    });
    expect(brokerPlace(read, MAIN)).toMatchObject({
      certificate: `${root}/server.crt`,
      key: `${root}/server.key`,
      authority: `${root}/ca.crt`,
    });
    expect(read.servers(MAIN).get(8000)).toMatchObject({
      ssl_certificate: `${root}/server.crt`,
      ssl_certificate_key: `${root}/server.key`,
      ssl_client_certificate: `${root}/ca.crt`,
    });
  });

  test("comes without an authority's key, and only its own key is written on main [BRK-16.1]", () => {
    const told = rendered.text(MAIN, "etc/platform/certificates.json");
    const keys = Object.keys(read.modes(MAIN)).filter((path) => /(certs|tls)\/.*/.test(path));

    expect(told.match(/[^"]*\.key(?=")/g)).toEqual([
      "/opt/message_broker/main_server/certs/server.key",
      "/etc/message-broker/tls/tls.key",
    ]);
    expect(keys).toEqual([]);
  });
});

test("keys of applications are their account's own, and no other key is [BRK-6.3] [BRK-13.8]", () => {
  for (const host of broker) {
    const { certificates } = read.certificates(host);

    expect(certificates.map(({ name, owner }) => [name, owner])).toEqual([
      ["broker", programs[host].user],
      ["internal", undefined],
    ]);
  }
});

test("main is called by a name that its certificate is for, never by an address [BRK-2.7]", () => {
  const { names } = read.certificates(MAIN);
  const main = read.servers(MAIN).get(8000)?.["server_name"]?.split(" ");

  for (const host of [PROXY, WORKER, PORTAL] as const) {
    const { protocol, hostname, port } = new URL(read.environment(host)["MAIN_SERVER_URL"] ?? "");
    expect([protocol, port, isIP(hostname)]).toEqual(["https:", "8000", 0]);
    expect(hostname).toMatch(/\.dev\.internal\.example\.org$/);
    expect(names).toContain(hostname);
    expect(main).toContain(hostname);
  }
});
