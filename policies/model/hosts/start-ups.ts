import { kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";
import { hookOf } from "./root-hooks.ts";
import { systemCommandOf } from "./system-commands.ts";

/** A file of a host by which programs would start, or get rights, beside the units that rules judge. */
export interface StartUp {
  readonly at: Place;
  /** What it is; nothing: no such file. */
  readonly what: string | undefined;
}

/** Folders and files that root, a login or every program obeys (manuals of Debian 12, read 2026-11-22 and 23). */
const PATHS: readonly (readonly [RegExp, string])[] = [
  [/^\/etc\/(?:cron(?:tab|\.|$)|anacrontab|at\.)|^\/var\/spool\/(?:cron|at)\//, "cron"],
  [/^\/etc\/(?:init\.d|rc\d?\.d|rcS\.d)\/|^\/etc\/rc\.local$/, "a script of the start"],
  [/^\/etc\/(?:profile|bash\.bashrc|environment|zsh)|\/\.(?:bash\w*|profile|zshrc)$/, "a script of logins"],
  [/^\/etc\/ld\.so\.|^\/etc\/(?:binfmt\.d|inputrc)/, "what every program loads"],
  [/\/(?:site|user)customize\.py$|\/dist-packages\/.*\.pth$/, "what every program of Python loads"],
  [/^\/etc\/(?:sudoers|doas\.conf|security\/|pam\.)|\/polkit-1\/|\/dbus-1\//, "rights of accounts"],
  [/^\/etc\/apparmor\.d\/(?:disable|force-complain)\//, "rights that a profile of AppArmor holds back"],
  [/^\/etc\/(?:passwd|shadow|group|gshadow|subuid|subgid|nsswitch\.conf)$/, "accounts"],
  [
    /\/(?:udev\/rules\.d|modprobe\.d|modules-load\.d)\/|^\/etc\/(?:modules$|initramfs-tools|kernel)/,
    "the kernel and devices",
  ],
  [/\/systemd\/(?:user|\w+-generators|system-(?:sleep|shutdown))\//, "programs of systemd beside units"],
  [/\/systemd\/(?:system|user)\.conf/, "settings of systemd for all units"],
  [/\/systemd\/(?:network|networkd|resolved|timesyncd)(?:\/|\.conf)/, "settings of the network beside the host's own"],
  [/^\/etc\/amazon\/|^\/etc\/systemd\/system\/(?:snap\.)?amazon-/, "what the way in obeys"],
  [/^\/(?:etc|run|(?:usr\/(?:local\/)?)?lib)\/(?:sysusers|tmpfiles)\.d\//, "accounts and files that systemd makes"],
  [/^\/etc\/(?:xdg\/autostart|network\/|NetworkManager\/|networkd-dispatcher|dhcp\/)/, "scripts of the network"],
  [
    /^\/etc\/(?:needrestart\/(?:hook|notify|restart)\.d|update-motd\.d|acpi|incron\.d|monit|xinetd\.d|alternatives)\/|^\/etc\/x?inetd\.conf$/,
    "a program that root runs by itself",
  ],
  [/^\/etc\/apt\/preferences(?:\.d\/|$)/, "packages that are taken instead of the newest"],
  [/^\/etc\/hosts$/, "names that come before the resolver's"],
  [
    /^\/usr\/local\/share\/ca-certificates\/|^\/etc\/(?:ssl\/certs|ca-certificates)/,
    "authorities that all programs trust",
  ],
  [/^\/boot\/|^\/etc\/default\/grub/, "the boot loader"],
];

/** Every file of every host; most are none of these. */
export const startUps = kind<StartUp>("file that starts programs", ({ hosts, memory }) =>
  hosts.flatMap((host) =>
    [...host.files.values()].map(({ path, text }) => {
      const command = systemCommandOf(path, host, memory);
      const replaced = command === undefined ? undefined : `a file that is run as ${command} of the system`;
      const named = PATHS.find(([pattern]) => pattern.test(path))?.[1];
      return { at: placeOfHost(host, path), what: replaced ?? named ?? hookOf(path, text) };
    }),
  ),
);
