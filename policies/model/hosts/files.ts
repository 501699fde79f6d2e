import { type Host, type HostFile, kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";

/** A file of a host with what matters for who may do what with it. */
export interface JudgedFile {
  readonly at: Place;
  readonly host: Host;
  readonly file: HostFile;
  /** Its mode as a number; nothing where outputs do not say it. */
  readonly mode: number | undefined;
  /** Whether it holds a secret, or gets one when it is written. */
  readonly secret: boolean;
  /** Whether root runs it or does what it says. */
  readonly ofRoot: boolean;
}

/** A placeholder for a secret or its digest, a private key, a password; or a file that is named for what it holds. */
const HOLDS_SECRET = /%%(?:secret|sha256)[-\w]*:|-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const NAMED_SECRET = /(?:\.key|\.p12|\.pfx|\.acl|\.env|\.pgpass|\/passwords?|[-_]password|[-_]token)$/;
const PROGRAM = /\/s?bin\//;
const OF_ROOT =
  /\/(?:systemd\/(?:system(?:\.\w+)?|transient|generator(?:\.\w+)?)|sudoers\.d|cron\.\w+|init\.d|udev\/rules\.d|modprobe\.d|sysctl\.d|apt|audit|s?bin|logrotate\.d)\/|^\/etc\/(?:sudoers|crontab|nftables\.conf|resolv\.conf)$/;

/** Every file of every host. */
export const hostFiles = kind<JudgedFile>("file of a host", ({ hosts }) => {
  const secrets = new Map<string, boolean>();
  const holdsSecret = (text: string): boolean => {
    const known = secrets.get(text) ?? HOLDS_SECRET.test(text);
    secrets.set(text, known);
    return known;
  };
  return hosts.flatMap((host) =>
    [...host.files.values()].map((file) => ({
      at: placeOfHost(host, file.path),
      host,
      file,
      mode: file.mode === undefined ? undefined : Number.parseInt(file.mode, 8),
      secret: (NAMED_SECRET.test(file.path) && !PROGRAM.test(file.path)) || holdsSecret(file.text),
      ofRoot: OF_ROOT.test(file.path),
    })),
  );
});
