import { expect, test } from "vitest";
import { production } from "../../../services/environments/production.ts";
import { main, messages } from "../../../services/products/message-broker/main.ts";
import { portal, site } from "../../../services/products/message-broker/portal.ts";
import { clients, proxy, queue } from "../../../services/products/message-broker/proxy.ts";
import { worker } from "../../../services/products/message-broker/worker.ts";
import { messageBroker } from "../../../services/products/message-broker.ts";
import { resolve } from "../../../services/resolve.ts";
import { days } from "../../../services/schema/units.ts";

const hosts = [proxy, main, worker, portal];
const resolved = resolve(messageBroker, production);
/** What a component calls beyond its own host, the platform aside. */
const calls = (party: string) =>
  resolved.flows
    .filter(({ from, origin, transport }) => from === party && origin === "service" && transport !== "loopback")
    .map(({ to, port }) => `${to}:${port}`);
const values = (component: (typeof hosts)[number]) => component.units[0]?.environment.values ?? {};
const consumers = (secret: string) => resolved.secrets.find(({ name }) => name === secret)?.consumers;
const backupOf = (name: string) => messageBroker.backups.find((each) => each.name === name);
const purge = messageBroker.jobs.find(({ name }) => name === "purge");

test("main calls nobody [BRK-15.1] [BRK-18.1]", () => {
  expect(calls("message-broker/main")).toEqual([]);
});

test("a proxy calls main on 8000 and nobody else [BRK-4.1]", () => {
  expect(calls("message-broker/proxy")).toEqual(["message-broker/main:8000"]);
});

test("nothing reaches the internet [BRK-4.5] [BRK-15.2]", () => {
  expect(resolved.egress).toEqual([]);
  expect(resolved.flows.filter(({ to }) => to === "outside/internet")).toEqual([]);
});

test("proxies take 8001 and main takes 8000, each from holders of a certificate [BRK-3.1] [BRK-14.1] [BRK-18.3]", () => {
  expect(proxy.listens.api).toMatchObject({ port: 8001, transport: "mtls" });
  expect(main.listens.api).toMatchObject({ port: 8000, transport: "mtls" });
  expect(clients).toMatchObject({ to: proxy.listens.api, clientAuthority: "broker" });
});

test("Redis, MySQL and the portal's own port are reached from their host only [BRK-3.5] [BRK-14.3] [BRK-17.6]", () => {
  expect(queue.listens.redis).toMatchObject({ port: 6379, transport: "loopback" });
  expect(messages.listens.mysql).toMatchObject({ port: 3306, transport: "loopback" });
  expect(portal.listens.upstream).toMatchObject({ port: 8080, transport: "loopback" });
  expect(values(portal)["PORTAL_HOST"]).toBe("127.0.0.1");
});

test("only known clients may try port 8001 [BRK-SEC.9]", () => {
  const from = resolved.flows.filter(({ to }) => to === "message-broker/clients").map((each) => each.from);
  expect(from).toEqual(["outside/clients"]);
});

test("pages of administrators open to their networks, whatever the method [BRK-SEC.20]", () => {
  const route = site.routes.find(({ paths }) => paths.includes("/admin/*"));
  expect([route?.audience, route?.methods]).toEqual(["admins", undefined]);
  expect(site.hidden).toContain("/internal/*");
});

test("a certificate opens the paths of its holder and no others [BRK-7.3] [BRK-SEC.20]", () => {
  const paths = messageBroker.flows
    .filter(({ to }) => to === main.listens.api)
    .map((each) => [each.from.name, each.paths]);
  expect(Object.fromEntries(paths)).toEqual({
    proxy: ["/internal/*"],
    worker: ["/internal/*"],
    portal: ["/portal/*", "/admin/*"],
  });
  const configuration = Object.values(proxy.units[0]?.files ?? {})[0];
  expect(configuration).toMatchObject({ "main_server.register_endpoint": "/internal/messages/register" });
});

test("fails when the check of certificates is switched off anywhere [BRK-4.4] [BRK-8.1] [BRK-17.4] [BRK-SEC.1]", () => {
  expect(hosts.map((each) => values(each)["MAIN_SERVER_VERIFY_SSL"])).toEqual([true, undefined, true, true]);
  const configuration = Object.values(proxy.units[0]?.files ?? {})[0];
  expect(configuration).toMatchObject({ "tls.enabled": true, "tls.verify_client": true });
});

test("revoked certificates are refused at both ends, by a list that is fetched on every host [BRK-10.4] [BRK-SEC.8]", () => {
  const refreshes = messageBroker.jobs.filter(({ name }) => name.startsWith("crl-refresh"));
  expect(refreshes.map(({ on, everyHost }) => [on, everyHost])).toEqual([
    [proxy, true],
    [main, true],
    [worker, true],
    [portal, true],
  ]);
  for (const { on } of refreshes) {
    const broker = on.kind === "hosts" ? on.certificates.filter(({ authority }) => authority === "broker") : [];
    expect(broker.map(({ names }) => names.revoked)).toEqual(["ca.crl"]);
  }
});

test("the portal knows neither the database nor the key of messages [BRK-17.10] [BRK-SEC.15]", () => {
  const keys = ["DATABASE_URL", "ENCRYPTION_KEY_PATH", "CA_CERT_PATH", "SERVER_CERT_PATH", "SERVER_KEY_PATH"];
  expect(Object.keys(values(main))).toEqual(expect.arrayContaining(keys));
  expect(Object.keys(values(portal)).filter((key) => keys.includes(key))).toEqual([]);
  expect(consumers("encryption-key")).toEqual(["message-broker/main"]);
});

test("main gets no key that its code does not read [BRK-13.3] [BRK-13.5] [BRK-13.11] [BRK-13.12] [BRK-13.13]", () => {
  const dead = Object.keys(values(main)).filter((key) => /^(DB_|AES_|REDIS_|PROXY_|PORTAL_|WORKER_)/.test(key));
  expect(dead).toEqual([]);
});

test("environment files lie where the requirements say, and hold their figures [BRK-2.1] [BRK-13.1] [BRK-13.7] [BRK-17.8] [BRK-17.9]", () => {
  expect(proxy.units[0]?.environment.path).toBe("/opt/message_broker_proxy/.env");
  expect(main.units[0]?.environment.path).toBe("/opt/message_broker/.env");
  expect(values(main)).toMatchObject({ JWT_ALGORITHM: "HS256", JWT_EXPIRE_MINUTES: 30 });
  expect(values(portal)).toMatchObject({ SESSION_MAX_AGE: 3_600, MESSAGES_PER_PAGE: 20 });
});

test("each program runs as a user of its own and listens on loopback [BRK-SEC.24]", () => {
  const users = hosts.flatMap(({ units }) => units.map(({ user }) => user));
  expect(users).toEqual(["broker-proxy", "broker-main", "broker-worker", "broker-portal"]);
  const servers = hosts
    .flatMap(({ units }) => units.map(({ exec }) => exec))
    .filter((exec) => exec.includes("uvicorn"));
  expect(servers.length).toBe(3);
  for (const exec of servers) expect(exec).toContain("--host 127.0.0.1");
});

test("one script copies database, certificates and keys at 02:00 each night [BRK-25.2] [BRK-25.3] [BRK-25.4] [BRK-25.5]", () => {
  const copies = messageBroker.backups.map(({ command, schedule }) => [command?.[0], command?.[1], schedule]);
  const night = { every: "day", at: "02:00", zone: "UTC" };
  expect(copies).toEqual(
    ["database", "certificates", "secrets"].map((part) => ["/opt/message_broker/backup.sh", part, night]),
  );
  const root = "/opt/message_broker/main_server";
  expect(messageBroker.backups.map(({ by, of }) => [by, "kind" in of ? of : of.paths])).toEqual([
    ["mysqldump", messages],
    ["archive", ["ca.crt", "ca.crl", "server.crt", "clients"].map((name) => `${root}/certs/${name}`)],
    ["archive", [`${root}/secrets`]],
  ]);
});

test("the key of messages is never copied to where the messages are, and an authority's key to nowhere [BRK-SEC.4] [BRK-SEC.28]", () => {
  const material = resolved.backups.map((each) => [each.name, each.material]);
  expect(Object.fromEntries(material)).toEqual({ database: "data", certificates: "keys", "encryption-keys": "keys" });
  const paths = messageBroker.backups.flatMap(({ of }) => ("kind" in of ? [] : of.paths));
  expect(paths.filter((path) => path.endsWith(".key"))).toEqual([]);
});

test("messages older than 180 days go each Sunday, once the backup of that night has succeeded [BRK-27.3] [BRK-27.5] [BRK-SEC.26]", () => {
  expect(purge?.command.at(-1)).toBe("--execute=CALL sp_cleanup_old_messages(180)");
  expect(purge?.schedule).toEqual({ every: "week", on: "sunday", at: "04:00", zone: "UTC" });
  expect(purge?.after).toBe(backupOf("database"));
});

test("dump, purge and schema changes use logins of their own, without a password on the command line [BRK-SEC.12]", () => {
  const { accounts } = messages;
  const migrate = messageBroker.jobs.find(({ name }) => name === "migrate");
  expect(backupOf("database")?.account).toBe(accounts.broker_backup);
  expect(purge?.account).toBe(accounts.broker_cleanup);
  expect(migrate?.account).toBe(accounts.broker_migrate);
  expect(new Set(Object.values(accounts).map(({ password }) => password)).size).toBe(6);
  expect(purge?.command.join(" ")).not.toMatch(/ -p| --password/);
});

test("only the worker sends mail, by STARTTLS on 587 inside the VPC [BRK-23.2] [BRK-23.6]", () => {
  const mail = resolved.flows.filter(({ to }) => to === "platform/endpoint-mail");
  expect(mail.map(({ from, port, transport }) => [from, port, transport])).toEqual([
    ["message-broker/worker", 587, "starttls"],
  ]);
  expect(values(worker)["SMTP_PORT"]).toBe(587);
});

test("certificates raise an alert 30 days before they expire, on every host [BRK-30.1] [BRK-31.16]", () => {
  const checked = messageBroker.alerts
    .filter(({ name }) => name === "CertificateExpiresSoon")
    .map(({ condition }) => [condition.on.name, condition.threshold]);
  expect(checked).toEqual(
    ["cert-check-proxy", "cert-check-main", "cert-check-worker", "cert-check-portal", "web"].map((on) => [
      on,
      days(30),
    ]),
  );
});
