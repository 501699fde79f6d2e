import { describe, expect, test } from "vitest";
import { planLab } from "../../scripts/lab/plan.ts";
import { declaredOn, remoteShells, socketsIn, strays } from "../../scripts/lab/verify/sockets.ts";

const { service } = planLab("message-broker", "dev").resolved;

const line = (protocol: string, local: string, program = "") =>
  `${protocol} ${protocol === "tcp" ? "LISTEN" : "UNCONN"} 0 511 ${local} 0.0.0.0:* ${program}\n`;
const found = (...lines: readonly string[]) => strays(socketsIn(lines.join("")), declaredOn(service, "proxy"));

describe("sockets of a host", () => {
  test("are those that the catalogue declares for it, on any address, or loopback's", () => {
    const declared = [line("tcp", "10.10.50.196:8001"), line("tcp", "*:9100"), line("tcp", "[::]:9121")];
    const own = [
      line("tcp", "127.0.0.1:6379"),
      line("udp", "127.0.0.53%lo:53"),
      line("udp", "[::1]:323"),
      line("tcp", "[::ffff:127.0.0.1]:4000"),
    ];

    expect(found(...declared, ...own)).toEqual([]);
    expect(found()).toEqual([]);
  });

  test("fails when a program listens where nothing is declared, and says which", () => {
    expect(found(line("tcp", "0.0.0.0:2222", 'users:(("nc",pid=7,fd=3))'), line("udp", "[fe80::1]%ens5:8001"))).toEqual(
      ['0.0.0.0:2222/tcp users:(("nc",pid=7,fd=3)): nothing declares it', "fe80::1:8001/udp : nothing declares it"],
    );
  });

  test("fails when what is declared for loopback is open to others", () => {
    expect(found(line("tcp", "*:6379"))).toEqual(["*:6379/tcp : nothing declares it"]);
    expect(found(line("tcp", "10.10.50.196:6379"))).toHaveLength(1);
  });

  test("fails when systemd holds one for SSH, of whatever kind", () => {
    const held = [
      "/run/dbus/system_bus_socket  dbus.socket",
      "/run/ssh-unix-local/socket   sshd-unix-local.socket",
      "vsock::22  sshd-vsock.socket",
    ];

    expect(remoteShells(held.join("\n"))).toEqual([
      "/run/ssh-unix-local/socket sshd-unix-local.socket: SSH must listen nowhere (NOD-5.1)",
      "vsock::22 sshd-vsock.socket: SSH must listen nowhere (NOD-5.1)",
    ]);
  });
});
