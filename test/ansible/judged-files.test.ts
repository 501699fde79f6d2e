import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";

/** Who judges files of hosts before they take the place of older ones: the program that reads them, wherever it can. */

/** What has no judge of its own before it is in place, and what finds its faults. */
const UNJUDGED: readonly (readonly [path: RegExp, why: string])[] = [
  [/^\/etc\/systemd\/system\//, "systemd-analyze: in rendered-units.test.ts, and by the lab's check `units`"],
  [/^\/etc\/systemd\/journald\.conf\.d\//, "journald overlooks what it does not know; baseline.test.ts reads it"],
  [/^\/etc\/audit\/rules\.d\//, "a handler hands it to the kernel, and fails"],
  [/^\/etc\/audit\/plugins\.d\//, "auditd reads it at its start"],
  [/^\/etc\/resolv\.conf$/, "every later task of the run asks by it"],
  [/^\/etc\/apt\/(keyrings\/platform\.asc|s3auth\.conf)$/, "apt fetches its index by it in the same role"],
  [/^\/etc\/metrics-exporters\/web\.yml$/, "promtool, which hosts have not: in rendered-observability.test.ts"],
  [/^\/etc\/(metrics-exporters\/mysqld\.cnf|alertmanager\/gossip\.yml)$/, "read by no other mode than to serve"],
  [/^\/etc\/(mongod\.conf|mongod\/member\.js|metrics-exporters\/mongodb\.env)$/, "no MongoDB can be had offline"],
  [/^\/etc\/grafana\//, "Grafana reads it by no other mode than to serve"],
  [/^\/etc\/postgresql-common\/createcluster\.d\//, "comes before the package whose installation reads it"],
  [/^\/srv\/data\/redis\/\w+\/state\.conf$/, "written once; Redis rewrites it"],
  [/^\/etc\/redis\/maintenance$/, "passwords, a line each, which the handler tries on Redis"],
  [/^\/opt\/message_broker_proxy\/proxy\/config\.yaml$/, "the application reads it at its start, before it is ready"],
  [/^\/usr\/local\/lib\/python-service\//, "the role's next task runs it, or has systemd read it"],
  [
    /^\/(etc\/(alertmanager\/(mail-password|pager-key)|grafana\/admin-password|metrics-exporters\/postgres-password)|etc\/(patroni\/passwords|prometheus\/(cluster-authority|tokens\/.+)|platform\/tasks\/.+\.env)|opt\/.+\/secrets\/.+)$/,
    "a secret and no more: there is nothing to judge but its presence, which the module demands",
  ],
];

const rendered = join(import.meta.dirname, "../../ansible/generated");
const files = globSync("*/rendered/*/files.json", { cwd: rendered }).flatMap((path) => {
  const index = JSON.parse(readFileSync(join(rendered, path), "utf8")) as Readonly<
    Record<string, { readonly validate?: string }>
  >;
  const host = basename(dirname(path));
  return Object.entries(index).map(([dest, { validate }]) => ({ host, dest, validate }));
});

test("every file is judged by the program that reads it, or it is known why not", () => {
  const known = (dest: string) => UNJUDGED.some(([path]) => path.test(dest));
  const unknown = files.filter(({ dest, validate }) => validate === undefined && !known(dest));

  expect(files.length).toBeGreaterThan(3_000);
  expect([...new Set(unknown.map(({ dest }) => dest))].toSorted()).toEqual([]);
});

test("no file that is judged is listed as one that cannot be", () => {
  const needless = UNJUDGED.filter(([path]) =>
    files.every(({ dest, validate }) => !path.test(dest) || validate !== undefined),
  );

  expect(needless).toEqual([]);
});
