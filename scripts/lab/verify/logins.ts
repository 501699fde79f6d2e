import { resolveValue } from "../../../services/resolve.ts";
import type { Store } from "../../../services/schema/store.ts";
import type { Account } from "../../../services/schema/stored.ts";
import { type Lab, onHost } from "../hosts.ts";
import type { LabHost } from "../plan.ts";
import { demand } from "../programs.ts";
import { asClient, conninfo } from "./postgres.ts";
import { applications } from "./under-load.ts";

/** Which login of which store a secret opens. */
export interface Login {
  readonly store: Store;
  readonly name: string;
  readonly account: Account;
}

/** The login that a secret opens. Throws for one that opens none. */
export function loginOf({ plan }: Pick<Lab, "plan">, secret: string): Login {
  const { name, stores } = plan.resolved.service;
  for (const store of stores) {
    const accounts: Readonly<Record<string, Account>> = "accounts" in store ? store.accounts : {};
    const found = Object.entries(accounts).find(([, { password }]) => password.name === secret);
    if (found !== undefined) return { store, name: found[0], account: found[1] };
  }
  throw new Error(`${name}/${secret}: must open a login of a store`);
}

/** PostgreSQL keeps one password of a login; the others know the one before, too, until its overlap is over. */
export const keepsOld = ({ store }: Login): boolean => store.kind !== "patroni";

/** Units of applications that are told a secret. */
export const holdersOf = (lab: Pick<Lab, "plan">, secret: string) =>
  applications(lab).filter(({ unit }) =>
    Object.values(unit.environment.values)
      .flatMap((value) => resolveValue(lab.plan.resolved, value))
      .some((part) => part.kind === "secret" && part.name === secret),
  );

/** Units that are told a secret and run without this value of it. */
export async function without(lab: Lab, secret: string, value: string): Promise<readonly string[]> {
  const script = `grep --quiet --text --null-data --fixed-strings --file=- \
"/proc/$(systemctl show --property=MainPID --value "$1")/environ" && echo yes || echo no`;
  const found = holdersOf(lab, secret).map(async ({ host, unit }) => {
    const said = await onHost(lab, host, ["bash", "-c", script, "-", `${unit.name}.service`], `${value}\n`);
    return said.trim() === "yes" ? [] : [`${host.tag} ${unit.name}`];
  });
  return (await Promise.all(found)).flat();
}

/** A place where a login is asked for its password, and whether a value opens it. */
type Door = readonly [name: string, open: boolean];

/** Asks a server by its own client: a script that is told the value by its input, and prints what such a server answers. */
async function asked(lab: Lab, host: LabHost, port: number, script: string, value: string): Promise<Door> {
  const said = await onHost(lab, host, ["bash", "-c", `read -r value; ${script} 2>/dev/null || true`], `${value}\n`);
  return [`${host.tag}:${port}`, said.trim() === "PONG"];
}

/** Asks every member of PostgreSQL, from where the login comes: the first host that has its password, or a member. */
async function askedMembers(lab: Lab, secret: string, value: string): Promise<readonly Door[]> {
  const { store, name, account } = loginOf(lab, secret);
  const hosts = lab.plan.hosts.filter(({ group }) => group === store.name);
  const [first] = hosts;
  if (first === undefined) throw new Error(`${store.name}: must have hosts in this lab`);
  const from = holdersOf(lab, secret)[0]?.host ?? first;
  const member = account.replicates
    ? "dbname=postgres sslcert=/etc/patroni/tls/tls.crt sslkey=/etc/patroni/tls/tls.key"
    : "";
  const attempts = hosts.map(({ domain }) =>
    conninfo(lab, name, `host=${domain} target_session_attrs=any password=${value} ${member}`),
  );
  const program = await asClient(lab, from, first);
  const told = JSON.parse(await demand("nsenter", program, `${JSON.stringify({ refused: attempts })}\n`));
  return hosts.map(({ tag }, index): Door => [tag, told[index] === null]);
}

/** Asks all that a login opens. */
function doors(lab: Lab, secret: string, value: string): Promise<readonly Door[]> {
  const { store, name } = loginOf(lab, secret);
  const on = (group: string) => lab.plan.hosts.filter((host) => host.group === group);
  switch (store.kind) {
    case "patroni":
      return askedMembers(lab, secret, value);
    case "redis-sentinel": {
      const { redis, cache, sentinel } = store.listens;
      const by = `REDISCLI_AUTH=$value redis-cli --tls --cacert /etc/redis/tls/ca.crt --user ${name}`;
      return Promise.all(
        on(store.name).flatMap((host) =>
          [redis, cache, sentinel].map(({ port }) =>
            asked(lab, host, port, `${by} -h ${host.domain} -p ${port} PING`, value),
          ),
        ),
      );
    }
    case "local-redis": {
      const { port } = store.listens.redis;
      const script = `REDISCLI_AUTH=$value redis-cli -p ${port} --user ${name} PING`;
      return Promise.all(on(store.on.name).map((host) => asked(lab, host, port, script, value)));
    }
    case "local-mysql": {
      const { port } = store.listens.mysql;
      const say = `mariadb --no-defaults --protocol=socket --user=${name} --skip-column-names --execute="SELECT 'PONG'"`;
      const script = `MYSQL_PWD=$value ${say} ${store.database}`;
      return Promise.all(on(store.on.name).map((host) => asked(lab, host, port, script, value)));
    }
    case "managed-postgres":
    case "mongo":
    case "objects":
    case "files":
      throw new Error(`${store.name}: nobody knows here how a ${store.kind} is asked`);
  }
}

/** Places where a secret opens its login, by whether this value does. Throws where there is none. */
export async function openedBy(lab: Lab, secret: string, value: string) {
  const found = await doors(lab, secret, value);
  if (found.length === 0) throw new Error(`${secret}: must open something in this lab`);
  const those = (wanted: boolean) => found.filter(([, open]) => open === wanted).map(([name]) => name);
  return { open: those(true), shut: those(false) };
}
