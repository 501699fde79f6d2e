import { kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";

/** A file of a host by which programs would start, or get rights, beside the units that rules judge. */
export interface StartUp {
  readonly at: Place;
  /** What it is; nothing: no such file. */
  readonly what: string | undefined;
}

const HOOK = /^\s*[\w:-]*(?:Pre|Post)-(?:Invoke|Install-Pkgs)[\w:-]*\s*[{"]/im;
/** Folders and files that root, a login or every program obeys (manuals of Debian 12, read 2026-11-22). */
const PATHS: readonly (readonly [RegExp, string])[] = [
  [/^\/etc\/(?:cron(?:tab|\.|$)|anacrontab|at\.)|^\/var\/spool\/(?:cron|at)\//, "cron"],
  [/^\/etc\/(?:init\.d|rc\d?\.d|rcS\.d)\/|^\/etc\/rc\.local$/, "a script of the start"],
  [/^\/etc\/(?:profile|bash\.bashrc|environment|zsh)|\/\.(?:bash\w*|profile|zshrc)$/, "a script of logins"],
  [/^\/etc\/ld\.so\.|^\/etc\/(?:binfmt\.d|inputrc)/, "what every program loads"],
  [/\/(?:site|user)customize\.py$|\/dist-packages\/.*\.pth$/, "what every program of Python loads"],
  [/^\/etc\/(?:sudoers|doas\.conf|polkit-1\/|security\/|pam\.)/, "rights of accounts"],
  [/^\/etc\/(?:passwd|shadow|group|gshadow|subuid|subgid|nsswitch\.conf)$/, "accounts"],
  [/\/udev\/rules\.d\/|^\/etc\/(?:modprobe\.d|modules(?:-load\.d|$)|initramfs-tools|kernel)/, "the kernel and devices"],
  [/\/systemd\/(?:user|\w+-generators|system-(?:sleep|shutdown))\//, "programs of systemd beside units"],
  [/^\/etc\/systemd\/(?:system|user)\.conf/, "settings of systemd for all units"],
  [/^\/etc\/systemd\/(?:network|networkd|resolved|timesyncd)/, "settings of the network beside the host's own"],
  [/^\/etc\/amazon\/|^\/etc\/systemd\/system\/(?:snap\.)?amazon-/, "what the way in obeys"],
  [/^\/(?:etc|usr\/lib|run)\/(?:sysusers|tmpfiles)\.d\//, "accounts and files that systemd makes"],
  [/^\/etc\/(?:xdg\/autostart|network\/|NetworkManager\/|networkd-dispatcher|dhcp\/)/, "scripts of the network"],
  [/^\/etc\/hosts$/, "names that come before the resolver's"],
  [
    /^\/usr\/local\/share\/ca-certificates\/|^\/etc\/(?:ssl\/certs|ca-certificates)/,
    "authorities that all programs trust",
  ],
  [/^\/boot\/|^\/etc\/default\/grub/, "the boot loader"],
];

/** Every file of every host; most are none of these. */
export const startUps = kind<StartUp>("file that starts programs", ({ hosts }) =>
  hosts.flatMap((host) =>
    [...host.files.values()].map(({ path, text }) => {
      const hooked = path.startsWith("/etc/apt/") && HOOK.test(text) ? "a hook of packages" : undefined;
      return {
        at: placeOfHost(host, path),
        what: PATHS.find(([pattern]) => pattern.test(path))?.[1] ?? hooked,
      };
    }),
  ),
);
