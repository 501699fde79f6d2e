/** Words of a watch that say where, what and how it is called; any other one leaves somebody or something out. */
const FIELDS: ReadonlySet<string> = new Set(["arch", "path", "dir", "perm", "key"]);

/** `-w /etc/passwd -p wa`, or the newer `-F path=... -F perm=wa`, for everybody; a watched folder watches what is in it. */
export function isWatch(line: string, path: string): boolean {
  const named = /^-w (\S+)/.exec(line)?.[1] ?? /-F (?:path|dir)=(\S+)/.exec(line)?.[1];
  const watched = named?.replace(/\/$/, "");
  if (watched === undefined || !(path === watched || path.startsWith(`${watched}/`)) || isNarrow(line)) return false;
  const kinds = /-p (\w+)/.exec(line)?.[1] ?? /-F perm=(\w+)/.exec(line)?.[1] ?? "rwxa";
  return kinds.includes("w");
}

const isNarrow = (line: string): boolean =>
  [...line.matchAll(/-F (\w+)/g)].some(([, field = ""]) => !FIELDS.has(field)) ||
  [...line.matchAll(/-S (\S+)/g)].some(([, call]) => call !== "all");

/** Rules by which a record is not made, or thrown away (auditctl(8) 3.1, read 2026-11-23). */
const LEAVES_OUT = [
  /^-e 0$/,
  /^-f 0$/,
  /^-r 0*[1-9]/,
  /^-[Wd] /,
  /^-[aA] (?:never,(?:exit|task|user)|(?:exit|task|user),never)\b/,
];
const EXCLUDES = /^-[aA] (?:\w+,exclude|exclude,\w+)\b/;
/** Records that only go with another one, and those of cron by the policy of SELinux: noise, which many leave out. */
const NOISE = /-F (?:msgtype=(?:CWD|EOE|CRYPTO_\w+)|subj_type=crond_t)(?:\s|$)/;

/** Whether a rule takes others away, or keeps what somebody does out of the trail. */
export const leavesOut = (line: string): boolean =>
  (EXCLUDES.test(line) || LEAVES_OUT.some((each) => each.test(line))) && !NOISE.test(line);

/** A setting of auditd by which it is silent, and what is in force where nothing is said (auditd.conf(5) 3.1). */
export interface Silence {
  readonly name: string;
  readonly byDefault: string;
  readonly expected: string;
  readonly isSilent: (value: string) => boolean;
}

const stops = /^(?:ignore|suspend)$/;

export const silences: readonly Silence[] = [
  { name: "local_events", byDefault: "yes", expected: "yes: records of this host", isSilent: (it) => it !== "yes" },
  { name: "write_logs", byDefault: "yes", expected: "yes: records on its disk", isSilent: (it) => it !== "yes" },
  { name: "log_format", byDefault: "raw", expected: "raw or enriched", isSilent: (it) => it === "nolog" },
  {
    name: "log_file",
    byDefault: "/var/log/audit/audit.log",
    expected: "a file that outlives the next start",
    isSilent: (it) => /^\/(?:dev|proc|run|tmp|var\/(?:run|tmp))\//.test(it),
  },
  {
    name: "plugin_dir",
    byDefault: "/etc/audit/plugins.d",
    expected: "/etc/audit/plugins.d",
    isSilent: (it) => it.replace(/\/$/, "") !== "/etc/audit/plugins.d",
  },
  {
    name: "overflow_action",
    byDefault: "syslog",
    expected: "syslog: what is not handed on is told",
    isSilent: (it) => stops.test(it),
  },
  // Whoever fills a file or a disk ends the recording long before there is need.
  ...["max_log_file_action", "space_left_action"].map((name) => ({
    ...{ name, byDefault: "rotate", expected: "rotate, keep_logs or a message" },
    isSilent: (it: string) => it === "suspend",
  })),
];

/** Programs of auditd that hand records on, to the journal, to a socket or to another machine. */
const HANDS_ON = /(?:audisp-(?:syslog|af_unix|remote)|builtin_(?:syslog|af_unix))$/;

/** Whether a file of `/etc/audit/plugins.d` makes auditd hand its records on. */
export function handsOn(text: string): boolean {
  const set = (name: string): string | undefined => new RegExp(`^\\s*${name}\\s*=\\s*(\\S+)`, "im").exec(text)?.[1];
  return set("active")?.toLowerCase() === "yes" && HANDS_ON.test(set("path") ?? "");
}

/** auditd's own unit, and what adds to it. */
export const AUDIT_UNIT = /\/systemd\/system\/auditd\.service(?:\.d\/[^/]+\.conf)?$/;

/** Whether a file of the unit masks it, starts something else, or starts it only where a condition holds. */
export function stopsDaemon(path: string, text: string): boolean {
  const started = [...text.matchAll(/^\s*ExecStart\s*=[ \t]*[-@:+!|]*(\S*)/gm)].map(([, program = ""]) => program);
  const last = started.at(-1);
  const isDropIn = path.endsWith(".conf");
  return (
    (last === undefined ? !isDropIn : !last.endsWith("/auditd")) ||
    (isDropIn && /^\s*(?:Condition|Assert)\w+\s*=[ \t]*\S/m.test(text))
  );
}
