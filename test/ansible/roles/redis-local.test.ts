import { afterAll, beforeAll, expect, test } from "vitest";
import { redisLocal } from "../../../ansible/inventory/roles/redis-local.ts";
import { type Rendered, render } from "../support/render.ts";

const PROXY = "dev-brk-proxy-a";

let rendered: Rendered;
beforeAll(() => {
  rendered = render([redisLocal], [PROXY]);
}, 120_000);
afterAll(() => rendered.remove());

const configuration = (): readonly string[] => rendered.text(PROXY, "etc/redis/redis.conf").split("\n");

test("[BRK-1.2] [BRK-3.5] listens on loopback 6379 and nowhere else", () => {
  const found = configuration();
  expect(found.filter((line) => /^(bind|port|tls-port|unixsocket) /.test(line))).toEqual([
    "bind 127.0.0.1",
    "port 6379",
  ]);
  expect(found).toContain("protected-mode yes");
});

test("[BRK-4.2] [BRK-11.1] keeps messages and nonces: append-only file, nothing evicted", () => {
  const found = configuration();
  for (const line of ["appendonly yes", "appendfsync everysec", "maxmemory-policy noeviction"])
    expect(found).toContain(line);
});

test("[BRK-2.6] [BRK-SEC.5] every login has a password, also the one without a name", () => {
  const users = rendered.text(PROXY, "etc/redis/users.acl").trim().split("\n");
  expect(users.map((line) => line.split(" ")[1])).toEqual(["default", "monitor"]);
  for (const line of users) {
    expect(line).toContain(" on resetpass #%%sha256:dev/message-broker/redis-");
    expect(line).not.toContain("nopass");
  }
});

test("the proxy's login administers nothing", () => {
  const [line = ""] = rendered.text(PROXY, "etc/redis/users.acl").split("\n");
  expect(line).toContain(" +@all -@admin -@dangerous ");
});

test("no other place has it", () => {
  expect(() => rendered.text("dev-brk-main-a", "etc/redis/redis.conf")).toThrow("ENOENT");
});
