import { runsBySyslogNg } from "./syslog-ng.ts";

const SCRIPTS =
  /(?:^|\{)[ \t]*(?:prerotate|postrotate|firstaction|lastaction|preremove)\b([\s\S]*?)^[ \t]*endscript\b/gm;
/** What a program is told so that it opens its log anew, and questions before it. */
const REOPENS = [
  /^(?:\[\[?|test)\s/,
  /^(?:true|:|exit\s+\d+|fi)?$/,
  /^(?:\S*\/)?systemctl\s+(?:-\S+\s+)*(?:kill|reload|restart|try-restart|(?:try-)?reload-or-restart|is-active)\s/,
  /^(?:\S*\/)?(?:invoke-rc\.d|service)\s+(?:-\S+\s+)*[\w.@-]+\s+(?:rotate|reload|force-reload|restart|reopen\w*)$/,
  /^(?:\S*\/)?(?:kill|pkill|killall)\s+-/,
  /^(?:\S*\/)?nginx\s+-s\s+reopen$/,
  /^\/usr\/lib\/rsyslog\/rsyslog-rotate$/,
];
/** `$(cat /run/nginx.pid)`, and what is thrown away. */
const HARMLESS = /\$\(\s*cat\s+[\w./-]+\s*\)|`\s*cat\s+[\w./-]+\s*`|\d?>+\s*\/dev\/null|\d?>&\d/g;
const KEYWORDS = /^(?:(?:if|then|elif|else|!)\b\s*|!\s*)+/;
/** Programs that pack what is rotated, and whole files of settings from elsewhere (logrotate(8) 3.22, 2026-11-23). */
const PACKS =
  /^[ \t]*(?:un)?compresscmd[ \t=]+(?!(?:\/usr)?\/bin\/(?:(?:un)?(?:gzip|xz|zstd|bzip2)|gun?zip)[ \t]*$)\S/m;
const INCLUDES = /^[ \t]*include[ \t=]+(?!\/etc\/logrotate\.d\/?[ \t]*$)\S/m;

/** Whether logrotate, which is root, runs more than what opens a log anew. */
export function runsByLogrotate(text: string): boolean {
  if (PACKS.test(text) || INCLUDES.test(text)) return true;
  return [...text.matchAll(SCRIPTS)].some(([, script = ""]) =>
    script
      .replaceAll(/\\\n/g, " ")
      .replaceAll(HARMLESS, " x ")
      .split(/[\n;]|&&|\|\|/)
      .map((each) =>
        each
          .replace(/(?:^|\s)#.*$/, "")
          .trim()
          .replace(KEYWORDS, ""),
      )
      .some((each) => /[`>|&]|\$\(/.test(each) || !REOPENS.some((known) => known.test(each))),
  );
}

/** Programs of auditd that hand records to the journal, or to a socket of root's. */
const PLUGINS = /^(?:(?:\/usr)?\/sbin\/audisp-|builtin_)(?:syslog|af_unix)$/;

/** Whether the audit daemon hands its records to another program (auditd-plugins(5), auditd.conf(5), 2026-11-23). */
export function runsByAudit(text: string): boolean {
  const set = (name: string): string | undefined => new RegExp(`^\\s*${name}\\s*=\\s*(\\S+)`, "im").exec(text)?.[1];
  const path = set("path");
  const isOther = path !== undefined && !PLUGINS.test(path) && set("active")?.toLowerCase() === "yes";
  return isOther || /^\s*\w+_action\s*=\s*exec\b/im.test(text) || set("dispatcher") !== undefined;
}

const APT = /^\s*[\w:-]*(?:Pre|Post)-(?:Invoke|Install-Pkgs)[\w:-]*\s*[{"]/im;
const RSYSLOG = /\b(?:omprog|improg|mmexternal)\b|^[^#\n]*\s\^\S/m;

/** Perl that does more than give settings their values, and folders of further programs (needrestart 3.6). */
const NEEDRESTART = /^[^#\n]*(?:\b(?:system|exec|qx|open|require|do|eval|fork)\b|`|\{\w+_d\}\s*=)/m;
/** Modules of cloud-init that run something, write files or let people in (its reference of modules, 25.2). */
const CLOUD_INIT =
  /^\s*["']?(?:runcmd|bootcmd|write_files|users|user|ssh_authorized_keys|chpasswd|password|packages|power_state|swap|mounts|phone_home|ansible|chef|puppet|salt_minion)["']?\s*:/m;
/** All files, any program without its profile, all capabilities or another profile (apparmor.d(5)). */
const APPARMOR = /^[^#\n]*(?:\s|^)(?:\/\*\*?\s|[rwmkla]*[uU]x\b|capability\s*,|change_profile\b|file\s*,|all\s*,)/m;

/** Files of settings by which programs of root run others: where they lie, what shows it, and what it is. */
const HOOKS: readonly (readonly [path: RegExp, runs: (text: string) => boolean, what: string])[] = [
  [/^\/etc\/apt\//, (text) => APT.test(text), "a hook of packages"],
  [/^\/etc\/logrotate\.(?:d\/|conf$)/, runsByLogrotate, "a script of logrotate that does more than open a log anew"],
  [/^\/etc\/audi(?:t|sp)\/(?:plugins\.d\/|\w+\.conf$)/, runsByAudit, "a program that gets the audit records"],
  [/^\/etc\/needrestart\/.*\.conf$/, (text) => NEEDRESTART.test(text), "a program that needrestart runs"],
  [/^\/etc\/cloud\/cloud\.cfg/, (text) => CLOUD_INIT.test(text), "what cloud-init does at each start"],
  [/^\/etc\/apparmor\.d\/local\//, (text) => APPARMOR.test(text), "rights that a profile of AppArmor holds back"],
  [/\/syslog-ng\//, runsBySyslogNg, "a program that syslog-ng starts"],
  [/\/rsyslog\.(?:d\/|conf$)/, (text) => RSYSLOG.test(text), "a program that rsyslog starts"],
];

/** What a file of settings makes programs of root run; most run nothing. */
export const hookOf = (path: string, text: string): string | undefined =>
  HOOKS.find(([pattern, runs]) => pattern.test(path) && runs(text))?.[2];
