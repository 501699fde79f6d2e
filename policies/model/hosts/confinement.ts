import { known, Unknown, type Value } from "../value.ts";
import { commands, FIREWALL, type Unit } from "./units.ts";

/** What a service must not be able to do, and how to see that it is not. */
export interface Confinement {
  /** `NoNewPrivileges`. */
  readonly setting: string;
  readonly expected: string;
  readonly read: (unit: Unit) => Value<string>;
  readonly holds: (value: string) => boolean;
  readonly concerns: (unit: Unit) => boolean;
}

const isOneshot = (unit: Unit): boolean => unit.text("Service.Type") === "oneshot";
/** Before most of the system is up, and before what private mounts are made of. */
const isEarly = (unit: Unit): boolean => unit.text("Unit.DefaultDependencies") === "no";
const always = (): boolean => true;

const text = (unit: Unit, setting: string, byDefault: string): Value<string> =>
  unit.text(`Service.${setting}`) ?? byDefault;

const flag = (setting: string, concerns: Confinement["concerns"]): Confinement => ({
  setting,
  expected: "yes",
  read: (unit) => {
    const value = unit.flag(`Service.${setting}`);
    if (value instanceof Unknown) return value;
    return value ? "yes" : "no";
  },
  holds: (value) => value === "yes",
  concerns,
});

/** Each is root, or the way to it, or reads what others send (capabilities(7)). */
const POWERS = [
  ...["SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "SYS_BOOT", "MAC_ADMIN", "MAC_OVERRIDE", "BPF", "PERFMON"],
  ...["SETFCAP", "NET_RAW", "SYSLOG", "SYS_CHROOT", "MKNOD"],
];

/** With one of these a program of any account reads, owns or becomes everything. */
const OWNING = ["DAC_OVERRIDE", "DAC_READ_SEARCH", "CHOWN", "FOWNER", "SETUID", "SETGID", "SETPCAP", "LINUX_IMMUTABLE"];

/** Groups that root's files, disks, containers or rights belong to (Debian's base-passwd, docker, lxd, libvirt). */
const GROUPS =
  /(?:^|\s)(?:root|0|disk|kmem|shadow|sudo|wheel|staff|tape|docker|lxd|incus(?:-admin)?|podman|libvirt|kvm)(?:\s|$)/;

/** A list that names what remains, none of it a power; without a list, or with one of exceptions, all others remain. */
const isBounded = (value: string, powers: readonly string[]): boolean =>
  value !== "all" && !value.startsWith("~") && !powers.some((power) => value.includes(`CAP_${power}`));

const isFirewall = (unit: Unit): boolean => unit.name === FIREWALL;

function capabilities(unit: Unit): Value<string> {
  if (!unit.has("Service.CapabilityBoundingSet")) return text(unit, "CapabilityBoundingSet", "all");
  return unit.list("Service.CapabilityBoundingSet").join(" ") || "none";
}

const joined = (unit: Unit, setting: string, byDefault: string): Value<string> =>
  unit.has(`Service.${setting}`) ? unit.list(`Service.${setting}`).join(" ") : text(unit, setting, byDefault);

/** `+` and `!` before a command: it runs as root, without any of this. */
const UNBOUND = /^[-@:|]*[+!]/;
/** A small program of the system that runs nothing and opens nothing. */
const SMALL = /^[-@:|+!]+\/usr\/s?bin\/(?:chgrp|chown|mkdir|modprobe)(?:\s[^;|&`$]*)?$/;

const unbound = (unit: Unit): string =>
  commands.flatMap((name) => unit.list(`Service.${name}`)).find((line) => UNBOUND.test(line) && !SMALL.test(line)) ??
  "none";

const later = (unit: Unit): boolean => !isEarly(unit);
const running = (unit: Unit): boolean => later(unit) && !isOneshot(unit);

/** What every service of ours lives with: settings of systemd.exec(5), their defaults as documented for version 257. */
export const confinements: readonly Confinement[] = [
  flag("NoNewPrivileges", always),
  {
    setting: "Exec",
    expected: "no command with + or !, which is bound by nothing, but chgrp, chown, mkdir or modprobe",
    read: unbound,
    holds: (value) => value === "none",
    concerns: always,
  },
  {
    setting: "ProtectSystem",
    expected: "strict",
    read: (unit) => text(unit, "ProtectSystem", "no"),
    holds: (value) => value === "strict",
    concerns: later,
  },
  {
    setting: "ProtectHome",
    expected: "yes, read-only or tmpfs",
    read: (unit) => text(unit, "ProtectHome", "no"),
    holds: (value) => ["yes", "true", "on", "1", "read-only", "tmpfs"].includes(value),
    concerns: always,
  },
  flag("PrivateTmp", later),
  {
    ...flag("PrivateDevices", later),
    expected: "yes, or DevicePolicy closed",
    read: (unit) => (unit.text("Service.DevicePolicy") === "closed" ? "yes" : flag("PrivateDevices", later).read(unit)),
  },
  flag("ProtectKernelModules", later),
  flag("ProtectKernelLogs", later),
  flag("ProtectControlGroups", later),
  flag("RestrictNamespaces", later),
  flag("RestrictSUIDSGID", later),
  flag("LockPersonality", later),
  {
    setting: "CapabilityBoundingSet",
    expected: "a list of what it needs, nothing that makes it root",
    read: capabilities,
    holds: (value) => isBounded(value, POWERS),
    concerns: isFirewall,
  },
  {
    setting: "CapabilityBoundingSet",
    expected: "a list of what it needs, nothing that makes it root or changes what packets pass",
    read: capabilities,
    holds: (value) => isBounded(value, [...POWERS, "NET_ADMIN"]),
    concerns: (unit) => !isFirewall(unit),
  },
  {
    setting: "AmbientCapabilities",
    expected: "a list of what it needs, nothing by which it reads, owns or becomes everything",
    // Nothing is what systemd gives an account of its own; what a package's unit gives, its bounded capabilities hold.
    read: (unit) => unit.list("Service.AmbientCapabilities").join(" "),
    holds: (value) => isBounded(value, [...POWERS, ...OWNING]),
    concerns: (unit) => !isFirewall(unit),
  },
  {
    setting: "Group",
    expected: "groups of its own, none that is as good as root",
    read: (unit) =>
      [known(unit.text("Service.Group")) ?? "", ...unit.list("Service.SupplementaryGroups")].join(" ").trim(),
    holds: (value) => !GROUPS.test(value),
    // What runs as root needs no group for it.
    concerns: (unit) => unit.has("Service.User") && known(unit.text("Service.User")) !== "root",
  },
  {
    ...flag("PermissionsStartOnly", always),
    expected: "no: what comes before and after runs as the same account",
    read: (unit) => (unit.has("Service.PermissionsStartOnly") ? flag("PermissionsStartOnly", always).read(unit) : "no"),
    holds: (value) => value === "no",
  },
  {
    setting: "RestrictAddressFamilies",
    expected: "a list without AF_PACKET",
    read: (unit) => joined(unit, "RestrictAddressFamilies", "any"),
    holds: (value) => value !== "any" && value !== "" && !value.startsWith("~") && !value.includes("AF_PACKET"),
    concerns: always,
  },
  {
    setting: "SystemCallArchitectures",
    expected: "native",
    read: (unit) => text(unit, "SystemCallArchitectures", "any"),
    holds: (value) => value === "native",
    concerns: later,
  },
  {
    setting: "SystemCallFilter",
    expected: "a list of calls that it needs",
    read: (unit) => joined(unit, "SystemCallFilter", "any"),
    holds: (value) => value !== "any" && value !== "" && !value.startsWith("~"),
    concerns: running,
  },
  {
    setting: "User",
    expected: "an account of its own",
    read: (unit) => (unit.flag("Service.DynamicUser") === true ? "dynamic" : text(unit, "User", "root")),
    holds: (value) => value !== "root" && value !== "0",
    // Of a package's unit the bounded capabilities are judged.
    concerns: (unit) => running(unit) && (unit.whole || unit.has("Service.User")),
  },
];
