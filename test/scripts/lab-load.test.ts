import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "load-"));
const [certificate, key] = [join(folder, "certificate.pem"), join(folder, "key.pem")];

beforeAll(() => {
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const files = ["-keyout", key, "-out", certificate];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", ...names, ...files], {
    stdio: "ignore",
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** So many make every kept connection end at least once, however slow the machine is. */
const REQUESTS = 20;

/** What load.py says, with these clients, of a server that answers this many requests of each connection and ends it as the next one comes. */
async function load(answersEach: number, clients = ["1", "2"], path = "/health") {
  const asked = new Set<string>();
  const enough = Promise.withResolvers<void>();
  let requests = 0;
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (socket) => {
    let answers = 0;
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      asked.add(data.toString().split("\r\n", 1)[0] ?? "");
      answers += 1;
      requests += 1;
      if (requests === REQUESTS) enough.resolve();
      if (answers > answersEach) socket.destroy();
      else socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `https://localhost:${(server.address() as AddressInfo).port}${path}`;
  const child = spawn("python3", ["scripts/lab/verify/load.py", url, "200", ...clients], {
    env: { ...process.env, SSL_CERT_FILE: certificate },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const said: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => said.push(text));
  const closed = once(child, "close");
  await Promise.race([enough.promise, closed]);
  child.stdin.end();
  await closed;
  server.close();
  const counts = JSON.parse(said.join("")) as { answered: number; again: number; lost: string[] };
  return { ...counts, asked: [...asked] };
}

test("a request whose kept connection ends as it goes out is sent again, and counted", async () => {
  const { answered, again, lost } = await load(2);

  expect(lost).toEqual([]);
  expect(again).toBeGreaterThan(0);
  expect(again).toBeLessThan(answered);
});

test("a request that gets no answer on a connection of its own is lost", async () => {
  const { answered, again, lost } = await load(0);

  expect({ answered, again }).toEqual({ answered: 0, again: 0 });
  expect(lost.length).toBeGreaterThan(0);
});

test("clients with new connections alone lose what is cut off, and ask the whole address", async () => {
  const answered = await load(1, ["2", "0"], "/slow?seconds=2");
  const cut = await load(0, ["2", "0"]);

  expect({ ...answered, answered: answered.answered > 0 }).toEqual({
    answered: true,
    again: 0,
    lost: [],
    asked: ["GET /slow?seconds=2 HTTP/1.1"],
  });
  expect({ answered: cut.answered, again: cut.again }).toEqual({ answered: 0, again: 0 });
  expect(cut.lost.length).toBeGreaterThan(0);
});
