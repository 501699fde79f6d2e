import { type HostFile, kind } from "../estate.ts";
import { type Place, placeOfHost } from "../place.ts";
import { startScripts } from "../start-scripts.ts";
import { isUnknown } from "../value.ts";

/** A file of a host, and by what of it somebody would come in from afar. */
export interface WayIn {
  readonly at: Place;
  readonly ways: readonly { readonly attribute: string; readonly got: string }[];
}

/** Keys, servers of shells and of screens, and what they are told. */
const PATH =
  /\/\.ssh\/|\/authorized_keys|\/etc\/ssh\/(?!ssh_config|ssh_known_hosts)|\/sshd_config|\/(?:ssh|sshd)(?:@|-[\w-]+)?\.(?:service|socket)(?:$|\.d\/)|\/dropbear|\/(?:in\.)?telnet|\/xrdp|\/vnc|\/\.?(?:r|s)hosts(?:\.equiv)?$|\/hosts\.equiv$/;
/** A key of a person or of another machine, in the words of authorized_keys (sshd(8)). */
const PUBLIC_KEY =
  /(?:^|[\s"'=,])((?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d+|sk-(?:ssh|ecdsa)-[\w@.-]+)\s+AAAA[\w+/]{16,})/;
/** Settings of sshd that say where keys are, or who vouches for them (sshd_config(5)). */
const SETTING = /^\s*((?:AuthorizedKeys|AuthorizedPrincipals)\w+|TrustedUserCAKeys|PermitRootLogin)\b/m;
/** Programs that give a shell or a screen to who calls, or that call somebody and give it to him. */
const SERVER =
  /(?:^|[\s/;&|"'])(sshd|dropbear|(?:in\.)?telnetd|xrdp|x11vnc|\w*vncserver|ttyd|gotty|wetty|shellinaboxd|tmate|frpc|ngrok|cloudflared|tailscaled|teleport|chisel|sshx)(?=[\s;&|"']|$)/;
const SHELL =
  /\/dev\/(?:tcp|udp)\/|\b(?:nc|ncat|netcat)\b.*\s-\w*[ec]\b|\bsocat\b.*\b(?:EXEC|SYSTEM):|\bssh\b.*\s-\w*[RD]\b/i;
const COMMENT = /^\s*(?:#|\/\/|;|-w\s|-a\s)/;
const RUNS = /^\s*Exec\w+=|^\s*"/;

const KNOWN = {};

/** Every file of every host, and what machines run first; most are no way in. */
export const waysIn = kind<WayIn>("way into a host", (estate) => {
  const { hosts, memory } = estate;
  const ofText = ({ text, path }: Pick<HostFile, "text" | "path">): WayIn["ways"] => {
    const runs = text.startsWith("#!") || path.endsWith(".sh");
    return memory.ofForm(KNOWN, runs ? "program" : "text", text, () => waysOfText(text, runs));
  };
  return [
    ...hosts.flatMap((host) =>
      [...host.files.values()].map((file) => ({
        at: placeOfHost(host, file.path),
        ways: [...(PATH.test(file.path) ? [{ attribute: "path", got: file.path }] : []), ...ofText(file)],
      })),
    ),
    // Those that outputs do not show are judged as such.
    ...estate.of(startScripts).map(({ at, texts }) => ({
      at,
      ways: (isUnknown(texts) ? [] : texts).flatMap((text) => ofText({ path: "", text })),
    })),
  ];
});

/** Without one of these a text is none. */
const HINT =
  /AAAA|[Aa]uthorized|TrustedUserCA|PermitRoot|sshd|dropbear|telnetd|xrdp|vnc|ttyd|gotty|wetty|shellinabox|tmate|frpc|ngrok|cloudflared|tailscaled|teleport|chisel|sshx|\/dev\/(?:tcp|udp)\/|\bncat\b|\bnc\b|netcat|socat|\bssh\b/;

function waysOfText(text: string, runs: boolean): WayIn["ways"] {
  if (!HINT.test(text)) return [];
  return text.split("\n").flatMap((line) => {
    if (COMMENT.test(line) || !HINT.test(line)) return [];
    const key = PUBLIC_KEY.exec(line)?.[1];
    const setting = SETTING.exec(line)?.[1];
    const program = runs || RUNS.test(line) ? (SERVER.exec(line)?.[1] ?? SHELL.exec(line)?.[0]) : undefined;
    return [
      ...(key === undefined ? [] : [{ attribute: "public key", got: key }]),
      ...(setting === undefined ? [] : [{ attribute: "setting of sshd", got: setting }]),
      ...(program === undefined ? [] : [{ attribute: "program", got: program }]),
    ];
  });
}
