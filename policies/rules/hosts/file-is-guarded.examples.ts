import type { Examples } from "../../engine/example.ts";
import { type Mutation, onFile } from "../../engine/mutation.ts";

const file = (mode: string, owner = "root", group = "root", text = "") => ({ text, owner, group, mode });
const secret = "PASSWORD=%%secret:a/b/c%%";

export const examples: Examples = {
  good: [
    {
      title: "secrets, units and others as they should be",
      hosts: {
        web: {
          "/opt/app/.env": file("0600", "app", "app", secret),
          "/etc/redis/users.acl": file("0640", "root", "redis", "user a #%%sha256:a/b/c%%"),
          "/etc/systemd/system/app.service": file("0644"),
          "/etc/nftables.conf": file("0644"),
        },
      },
    },
  ],
  bad: [
    {
      title: "secrets that others read, by their content and by their name",
      hosts: {
        web: {
          "/etc/app.yml": file("0644", "app", "app", secret),
          "/etc/tls/tls.key": file("0640", "root", "www-data"),
          "/etc/run.pgpass": file("700"),
        },
      },
      finds: ["web:/etc/app.yml mode", "web:/etc/tls/tls.key group", "web:/etc/run.pgpass mode"],
    },
    {
      title: "a unit of an application, and a program that all may change",
      hosts: {
        web: {
          "/etc/systemd/system/app.service": file("0664", "app", "app"),
          "/usr/local/sbin/backup": file("4755"),
          "/srv/shared": file("0666"),
          "/etc/nftables.conf": file("0664", "app"),
        },
      },
      finds: [
        "web:/etc/systemd/system/app.service mode",
        "web:/etc/systemd/system/app.service owner",
        "web:/usr/local/sbin/backup mode",
        "web:/srv/shared mode",
        "web:/etc/nftables.conf mode",
        "web:/etc/nftables.conf owner",
      ],
    },
  ],
  unknown: [
    {
      title: "nothing is said of a secret",
      hosts: { web: { "/opt/app/.env": secret } },
      finds: ["web:/opt/app/.env mode"],
    },
    {
      title: "nothing is said of rules, nor of a file that nobody thought of",
      hosts: { web: { "/etc/nftables.conf": "table inet t {}", "/etc/motd": "hello" } },
      finds: ["web:/etc/nftables.conf mode", "web:/etc/motd mode"],
    },
  ],
};

const withMode = (path: RegExp, title: string, mode: string): Mutation =>
  onFile(path, title, (each) => ({ ...each, mode }));

export const mutations: readonly Mutation[] = [
  withMode(/\.env$/, "let everybody read an environment", "0644"),
  withMode(/\.env$/, "let a group change an environment", "0660"),
  withMode(/encryption\.key$/, "let a group read a key", "0750"),
  withMode(/\.service$/, "let everybody change a unit", "0666"),
  withMode(/\/sbin\//, "make a program set-user-ID", "4755"),
  withMode(/nftables\.conf$/, "let a group change the firewall", "0664"),
  onFile(/nftables\.conf$/, "say nothing of the firewall's mode", ({ path, text, source }) => ({ path, text, source })),
  withMode(/nginx\.conf$/, "let a group change NGINX' configuration", "0664"),
];
