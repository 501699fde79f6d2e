import { type Estate, type Host, kind } from "../estate.ts";
import { isLoopback, placeOf } from "../nginx/listen.ts";
import { type Place, placeOfHost } from "../place.ts";
import { boundIn } from "./bound-settings.ts";
import { bindsOf } from "./haproxy.ts";
import { type Unit, units } from "./units.ts";

/** Where a program listens, as its command line, its socket, its environment or its settings say. */
export interface Listener {
  readonly at: Place;
  readonly host: Host;
  /** `--web.listen-address`, `PORTAL_HOST`. */
  readonly option: string;
  readonly address: string;
  readonly loopback: boolean;
  /** Whether any address of the host will do. */
  readonly everywhere: boolean;
  /** Whether what its TLS is made of is named beside it. */
  readonly tls: boolean;
}

/** Options by which programs of ours and of others take an address, and those that bring TLS to the same socket. */
const ADDRESS =
  /^(?:--?web\.listen-address|--?cluster\.listen-address|--?telemetry\.addr|--host|--bind|-b|--listen|--http-addr)$/;
const TLS: readonly (readonly [RegExp, RegExp])[] = [
  [/cluster\.listen-address/, /^--?cluster\.tls-config$/],
  [/web\.listen-address|telemetry/, /^--?(?:web\.config(?:\.file)?|tls-server-cert-file|web\.tls-cert-file)$/],
  [/^(?!.*listen-address)/, /^--?(?:ssl-keyfile|keyfile|tls-cert|tls-cert-file|ssl-cert|cert-file)$/],
];

/** Every address that a host is told to listen on, other than by files of programs with rules of their own. */
export const listeners = kind<Listener>("listening program", (estate: Estate) => [
  ...estate.of(units).flatMap((unit) => (unit.type === "socket" ? ofSocket(unit) : ofCommands(unit))),
  ...estate.hosts.flatMap((host) =>
    [...host.files.values()].flatMap((file) => {
      const binds = bindsOf(file).map((each) => ({ ...each, ...reachOf(each.address) }));
      return [...boundIn(estate, host, file), ...binds].map((each) => ({
        ...{ at: placeOfHost(host, file.path), host },
        ...each,
      }));
    }),
  ),
]);

const COMMANDS = ["Service.ExecStart", "Service.ExecStartPre", "Service.ExecStartPost"];

function ofCommands(unit: Unit): readonly Listener[] {
  if (unit.type !== "service") return [];
  return COMMANDS.flatMap((name) => unit.list(name))
    .filter(mayListen)
    .flatMap((line) => {
      const options = optionsOf(line);
      return options
        .filter(({ name, value }) => ADDRESS.test(name) || isEverywhere(value))
        .map(({ name, value }) => ({
          ...{ at: unit.at, host: unit.host, option: name, address: value, ...reachOf(value) },
          tls: TLS.some(([of, by]) => of.test(name) && options.some((each) => by.test(each.name) && each.value !== "")),
        }));
    });
}

/** A socket of systemd is handed to a program; what that speaks nobody sees here. */
const ofSocket = (unit: Unit): readonly Listener[] =>
  ["Socket.ListenStream", "Socket.ListenDatagram"].flatMap((option) =>
    unit.list(option).map((address) => ({
      ...{ at: unit.at, host: unit.host, option: option.slice("Socket.".length), address, tls: false },
      ...reachOf(/^[/@]/.test(address) ? `unix:${address}` : address),
    })),
  );

/** Most command lines have none of the options: they need no further look. */
const mayListen = (line: string): boolean => /listen|host|bind|addr|\s-b\s|0\.0\.0\.0|::|\*/.test(line);

/** `0.0.0.0:8000`, `[::]:8000`, `*:8000`, whatever option it is given by. */
const isEverywhere = (value: string): boolean =>
  /^(?:\w+:\/\/)?(?:0\.0\.0\.0|\[::\]|::|\*(?=:\d))(?::\d+)?$/.test(value);

/** Who reaches an address: `10.0.0.4:80`, `:80`, `unix:/run/x`, `::1`. */
function reachOf(value: string): Pick<Listener, "loopback" | "everywhere"> {
  const bare = value.replace(/^\w+:\/\//, "");
  const address = /^[\da-f:]*:[\da-f:]*:[\da-f:]*$/i.test(bare)
    ? bare
    : placeOf(bare.startsWith(":") ? `*${bare}` : bare).address;
  return { loopback: isLoopback(address), everywhere: ["*", "0.0.0.0", "::", ""].includes(address) };
}

/** The port of an address; nothing where the address comes without one, or is no address of the network. */
export function portOf({ address }: Listener): number | undefined {
  const port = /^(?:\w+:\/\/)?(?:[\w.*-]*|\[[^\]]*\]):(\d+)\/?$/.exec(address)?.[1] ?? /^\d+$/.exec(address)?.[0];
  return port === undefined ? undefined : Number(port);
}

interface Option {
  readonly name: string;
  readonly value: string;
}

/** `--name=value` and `--name value`, of any number of dashes; a word that is no option's, by itself. */
function optionsOf(line: string): readonly Option[] {
  const words = line.split(/\s+/);
  return words.flatMap((word, index) => {
    const before = words[index - 1] ?? "";
    if (!/^--?[A-Za-z]/.test(word)) return /^--?[A-Za-z][^=]*$/.test(before) ? [] : [{ name: "address", value: word }];
    const equals = word.indexOf("=");
    if (equals > 0) return [{ name: word.slice(0, equals), value: bareOf(word.slice(equals + 1)) }];
    const next = words[index + 1] ?? "";
    return [{ name: word, value: next.startsWith("-") ? "" : bareOf(next) }];
  });
}

const bareOf = (word: string): string => word.replace(/^(["'])(.*)\1$/, "$2");
