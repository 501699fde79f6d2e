import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const PATH = "/etc/redis/redis.conf";
const ACL = "/etc/redis/users.acl";
const host = (lines: readonly string[], ...users: readonly string[]) => ({
  web: { [PATH]: ["bind 10.0.0.4", `aclfile ${ACL}`, ...lines].join("\n"), [ACL]: users.join("\n") },
});
const off = "user default off resetpass -@all";

export const examples: Examples = {
  good: [
    {
      title: "an application and members, each with what they need",
      hosts: host(
        ["masteruser replication", "masterauth x"],
        off,
        "user app on #abc +@all -@admin -@dangerous +info ~* &*",
        "user replication on #abc -@all +psync +replicaof +config|set",
      ),
    },
    {
      title: "one password on loopback",
      hosts: { web: { [PATH]: "bind 127.0.0.1\nuser default on resetpass #abc +@all -@admin -@dangerous" } },
    },
    {
      title: "a socket for its group, and none at all",
      hosts: {
        web: {
          ...host(["unixsocket /run/redis/redis.sock", "unixsocketperm 770"], off).web,
          "/etc/redis/more.conf": `bind 10.0.0.4\nunixsocketperm 777\naclfile ${ACL}`,
        },
      },
    },
  ],
  bad: [
    {
      title: "no password at all",
      hosts: { web: { [PATH]: "bind 127.0.0.1" } },
      finds: [`web:${PATH} user default`, `web:${PATH} user default: commands`],
    },
    {
      title: "a list without a line for the default user",
      hosts: host([], "user app on >secret +get"),
      finds: [`web:${PATH} user default`, `web:${PATH} user default: commands`],
    },
    {
      title: "one password for all, over the network",
      hosts: { web: { [PATH]: "bind 10.0.0.4\nrequirepass secret" } },
      finds: [`web:${PATH} user default`, `web:${PATH} user default: commands`],
    },
    {
      title: "an order of rules that gives back what it took",
      hosts: host(
        [],
        off,
        "user app on nopass -@dangerous +@all",
        "user batch on #abc +@all -@admin -@dangerous +config",
      ),
      finds: [`web:${PATH} user app`, `web:${PATH} user app: commands`, `web:${PATH} user batch: commands`],
    },
    {
      title: "a selector, or a category, that gives what the other rules do not",
      hosts: host(
        [],
        off,
        "user app on #abc -@all +get (+@all -@admin ~*) (~cache:* +get)",
        "user batch on #abc -@all +@keyspace ~*",
        "user past on #abc -@all (+@all ~*) clearselectors +get",
      ),
      finds: [`web:${PATH} user app: commands`, `web:${PATH} user batch: commands`],
    },
    {
      title: "anybody may fail a set over, and load modules",
      hosts: {
        web: {
          "/etc/redis/sentinel.conf": `bind 10.0.0.4\nenable-module-command yes\naclfile ${ACL}`,
          [ACL]: `${off}\nuser app on #abc -@all +sentinel`,
        },
      },
      finds: ["web:/etc/redis/sentinel.conf user app: commands", "web:/etc/redis/sentinel.conf enable-module-command"],
    },
    {
      title: "what an included file says, and code of somebody",
      hosts: {
        web: {
          ...host(["include /etc/redis/more.conf", "loadmodule /tmp/x.so", "enable-debug-command local"], off).web,
          "/etc/redis/more.conf": "enable-module-command yes",
        },
      },
      finds: [...["enable-debug-command", "enable-module-command", "loadmodule"].map((name) => `web:${PATH} ${name}`)],
    },
    {
      title: "a socket for every account of the host, and programs that a Sentinel runs",
      hosts: {
        web: {
          ...host(["unixsocket /run/redis/redis.sock", "unixsocketperm 777"], off).web,
          "/etc/redis/sentinel.conf": `bind 10.0.0.4\naclfile ${ACL}\nsentinel notification-script a /tmp/x\nSENTINEL client-reconfig-script a /tmp/y\n`,
        },
      },
      finds: [
        `web:${PATH} unixsocketperm`,
        ...Array.from({ length: 2 }, () => "web:/etc/redis/sentinel.conf sentinel script"),
      ],
    },
  ],
  unknown: [
    {
      title: "it includes what is not shown",
      hosts: host(["include /tmp/x.conf"], off),
      finds: [`web:${PATH} include`],
    },
    {
      title: "a rule that nobody knows",
      hosts: host([], off, "user app on #abc -@all [+@all]"),
      finds: [`web:${PATH} user app: commands`],
    },
  ],
};

const USERS = /\/etc\/redis\/users\.acl$/;

export const mutations: readonly Mutation[] = [
  inFile(USERS, "switch the default user on", "user default off resetpass", "user default on nopass"),
  inFile(USERS, "lose the line of the default user", /^user default .*$/m, ""),
  inFile(USERS, "take passwords away", /#%%sha256:\S+/g, "nopass"),
  inFile(USERS, "allow what is dangerous", "-@dangerous", ""),
  inFile(USERS, "allow everything at the end", /^user app on .*$/m, "$& +@all"),
  inFile(USERS, "allow everything by a selector", /^user app on .*$/m, "$& (+@all ~*)"),
  inFile(USERS, "allow one command", "+info +role", "+info +flushall +role"),
  inFile(/durable\.conf$/, "lose the list of logins", /^aclfile .*$/m, ""),
  inFile(/durable\.conf$/, "include what nobody sees", /$/, "include /tmp/x.conf\n"),
  inFile(/durable\.conf$/, "open a socket for all", /$/, "unixsocket /run/r.sock\nunixsocketperm 777\n"),
  inFile(/sentinel\.conf$/, "run a program at each failure", /$/, "sentinel notification-script redis /tmp/x\n"),
  inFile(/durable\.conf$/, "load a module", /$/, "loadmodule /tmp/x.so\n"),
  inFile(/durable\.conf$/, "allow debugging", "enable-debug-command no", "enable-debug-command yes"),
];
