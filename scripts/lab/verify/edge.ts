import { edgeHeaders } from "../../../services/resolve.ts";
import { hostOf, type Lab, onHost } from "../hosts.ts";
import { type Check, demandNone } from "./check.ts";
import { type Answer, type Call, callTo, unless, unlessWhole, withClient } from "./edge-client.ts";
import { migrated } from "./end-to-end.ts";

const count = (answers: readonly Answer[], status: number): number =>
  answers.filter((answer) => "status" in answer && answer.status === status).length;

/** Headers of the policy that an answer lacks. */
function lacking(what: string, answer: Answer | undefined, policy: Readonly<Record<string, string>>) {
  const headers = answer !== undefined && "status" in answer ? answer.headers : {};
  return Object.entries(policy)
    .filter(([name, value]) => headers[name.toLowerCase()] !== value)
    .map(([name, value]) => `${what}: must have ${name} "${value}", got ${headers[name.toLowerCase()] ?? "none"}`);
}

/** Logins a second that one host lets through, and at once (TKT-1.2). */
const RATE = 5;

/** Limits, headers and sizes of ticketing, as a client beyond the load balancer meets them. */
export const ticketingEdge: Check = {
  name: "edge",
  proves: "logins above 5 a second get 429, headers and body limits hold at the door (TKT-1.2, TKT-1.5, TKT-1.6)",
  services: ["ticketing"],
  run: (lab) =>
    withClient(lab, async (client) => {
      const { entry, ...door } = callTo(lab, "web", "internet");
      const { entrypoint } = entry;
      if (entrypoint.kind !== "web") throw new Error("web: must be a web entrypoint");
      const policy = edgeHeaders(entrypoint.headers);
      const login = { ...door, method: "POST", path: "/api/auth/login", size: 2 } as const;
      // The load balancer deals them out evenly: each host gets twenty, and counts by itself.
      const hosts = lab.plan.hosts.filter(({ group }) => group === entrypoint.to.owner).length;
      const since = performance.now();
      const logins = await client.call(Array.from({ length: 20 * hosts }, () => login));
      const seconds = (performance.now() - since) / 1000;
      const refused = count(logins, 429);
      // That many at once, and one more for each fifth of a second; NGINX and this clock each count to a millisecond.
      const most = hosts * Math.floor(RATE * (1 + seconds + 0.002));
      const [large, page, hidden, unknown] = await client.call([
        { ...login, method: "PUT", path: "/api/tickets", size: 1_048_577 },
        { ...door, method: "GET", path: "/health" },
        { ...door, method: "GET", path: "/metrics" },
        { ...door, method: "GET", path: "/api/tickets", name: "tickets.example.com" },
      ]);
      demandNone([
        ...(refused === 0 ? [`${logins.length} logins at once: some must get 429, got ${refused}`] : []),
        ...(count(logins, 200) + refused === logins.length
          ? []
          : [`logins: all must get 200 or 429, got ${count(logins, 200)} and ${refused} of ${logins.length}`]),
        ...(logins.length - refused > most
          ? [`logins: at most ${most} in ${seconds} s, got ${logins.length - refused}`]
          : []),
        ...lacking(
          "a login refused",
          logins.find((each) => "status" in each && each.status === 429),
          policy,
        ),
        ...unless("a body above 1 MiB", large, 413),
        ...unless("the health", page, 200),
        ...lacking("the health", page, policy),
        ...unless("metrics", hidden, 404),
        ...unless("another host name", unknown, 404, 421),
      ]);
      return `${refused} of ${logins.length} logins at once refused, ${Object.keys(policy).length} headers`;
    }),
};

/** Requests with one session: the load balancer deals them out to two proxies in turn, and a session is known to one. */
const TIMES = 3;

const STRANGERS = {
  "another authority": { authority: "internal", purpose: "client", subject: "client-a", seconds: 3600 },
  expired: { authority: "broker", purpose: "client", subject: "client-a", seconds: -60 },
  "for servers": { authority: "broker", purpose: "server", subject: "client-a", seconds: 3600 },
} as const;

/** Each proxy has its own list. */
const refreshLists = (lab: Lab, serial: string) =>
  Promise.all(
    lab.plan.hosts
      .filter(({ group }) => group === "proxy")
      .map(async (host) => onHost(lab, host, ["/usr/local/sbin/broker-crl-refresh", "--require", serial])),
  );

/** Asks main from a proxy, with and without the proxy's own certificate; prints the three statuses. */
const TO_MAIN = `
import http.client, ssl, sys
name, certificate, key = sys.argv[1:]
for path, shown in (("/internal/messages/none", False), ("/internal/messages/none", True), ("/admin/users", True)):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if shown:
        context.load_cert_chain(certificate, key)
    connection = http.client.HTTPSConnection(name, 8000, timeout=10, context=context)
    connection.request("GET", path)
    print(connection.getresponse().status)
`;

/** A proxy's way to main: by its certificate alone, and to its own paths. */
async function mainByCertificate(lab: Lab): Promise<readonly string[]> {
  const [proxy, main] = [hostOf(lab, "proxy"), hostOf(lab, "main")];
  const certs = "/opt/message_broker_proxy/proxy/certs";
  const command = ["python3", "-c", TO_MAIN, main.domain, `${certs}/proxy.crt`, `${certs}/proxy.key`];
  await migrated(lab);
  const [without, own, admin] = (await onHost(lab, proxy, command)).trim().split("\n");
  return [
    ...(without === "403" ? [] : [`main without a certificate: must get 403, got ${without}`]),
    // That message is none: the application's own word.
    ...(own === "404" ? [] : [`main with a proxy's certificate: must get the application's 404, got ${own}`]),
    ...(admin === "403" ? [] : [`/admin of main with a proxy's certificate: must get 403, got ${admin}`]),
  ];
}

/** Asks as who is to be revoked, each time with the session of the first time: each proxy is asked often enough to know it. */
async function withSession(
  ask: (one: Partial<Call>) => Promise<Answer | undefined>,
  what: string,
  status: number,
): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const version of ["1.2", "1.3"] as const) {
    for (let time = 1; time <= TIMES; time++) {
      const answer = await ask({ identity: "leaving", version, session: `leaving by ${version}` });
      const name = `${what}, by TLS ${version}, time ${time}`;
      findings.push(...unless(name, answer, status), ...unlessWhole(name, answer));
    }
  }
  return findings;
}

/** Who may send messages: by certificate alone, from known ranges, until it is revoked. */
export const brokerEdge: Check = {
  name: "edge",
  proves:
    "8001 takes good client certificates alone, revoked ones no more, and resumes no session; main takes proxies; the portal has its login page (BRK-8.1, BRK-10.4, BRK-18.3, BRK-26.3)",
  services: ["message-broker"],
  run: (lab) =>
    withClient(lab, async (client) => {
      const { entry: _, ...door } = callTo(lab, "clients", "clients");
      const health = { ...door, method: "GET", path: "/api/v1/health" } as const satisfies Call;
      await client.issue("good", { authority: "broker", purpose: "client", subject: "client-a", seconds: 3600 });
      await client.issue("leaving", { authority: "broker", purpose: "client", subject: "client-b", seconds: 3600 });
      for (const [name, asked] of Object.entries(STRANGERS)) await client.issue(name, asked);
      // A few at a time: the class of health takes two side by side.
      const ask = async (one: Partial<Call> = {}) => (await client.call([{ ...health, ...one }]))[0];
      const findings = [
        ...unless("a good certificate", await ask({ identity: "good" }), 200),
        ...unless("no certificate", await ask(), 403),
        ...(await withSession(ask, "one to be revoked", 200)),
      ];
      for (const name of Object.keys(STRANGERS)) {
        findings.push(...unless(`a certificate ${name}`, await ask({ identity: name }), 403));
      }
      await refreshLists(lab, await client.revoke("leaving"));
      findings.push(
        ...(await withSession(ask, "a revoked certificate", 403)),
        ...unless("a revoked certificate", await ask({ identity: "leaving" }), 403),
        ...unless("a good certificate after a revocation", await ask({ identity: "good" }), 200),
      );
      const { entry: portal, ...site } = callTo(lab, "web", "internet");
      const page = await ask({ ...site, path: "/login" });
      const { entrypoint } = portal;
      findings.push(
        ...unless("the portal's login page", page, 200),
        ...(entrypoint.kind === "web" ? lacking("the login page", page, edgeHeaders(entrypoint.headers)) : []),
        ...unless("/admin for everybody", await ask({ ...site, path: "/admin/users" }), 404),
      );
      demandNone([...findings, ...(await mainByCertificate(lab))]);
      return `${Object.keys(STRANGERS).length + 3} certificates or none, one revoked; login page and headers`;
    }),
};
