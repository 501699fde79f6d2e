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

/** What load.py says of a server that answers this many requests of each connection and ends it as the next one comes. */
async function load(answersEach: number) {
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (socket) => {
    let answers = 0;
    socket.on("error", () => undefined);
    socket.on("data", () => {
      answers += 1;
      if (answers > answersEach) socket.destroy();
      else socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `https://localhost:${(server.address() as AddressInfo).port}/health`;
  const child = spawn("python3", ["scripts/lab/verify/load.py", url, "200"], {
    env: { ...process.env, SSL_CERT_FILE: certificate },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const said: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => said.push(text));
  setTimeout(() => child.stdin.end(), 2500);
  await once(child, "close");
  server.close();
  return JSON.parse(said.join("")) as { answered: number; again: number; lost: string[] };
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
