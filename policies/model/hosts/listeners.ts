import { type Estate, kind } from "../estate.ts";
import { isLoopback, placeOf } from "../nginx/listen.ts";
import type { Place } from "../place.ts";
import { services } from "./units.ts";

/** Where a program listens, as its command line says. */
export interface Listener {
  readonly at: Place;
  /** `--web.listen-address`. */
  readonly option: string;
  readonly address: string;
  readonly loopback: boolean;
  /** Whether any address of the host will do. */
  readonly everywhere: boolean;
  /** Whether the command line names what its TLS is made of. */
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

/** Every address on a command line of a unit. */
export const listeners = kind<Listener>("listening program", (estate: Estate) =>
  estate.of(services).flatMap((unit) =>
    unit
      .list("Service.ExecStart")
      .filter(mayListen)
      .flatMap((line) => {
        const options = optionsOf(line);
        return options
          .filter(({ name }) => ADDRESS.test(name))
          .map(({ name, value }) => {
            const { address } = placeOf(value.startsWith(":") ? `*${value}` : value);
            return {
              at: unit.at,
              option: name,
              address: value,
              loopback: isLoopback(address),
              everywhere: ["*", "0.0.0.0", "::", ""].includes(address),
              tls: TLS.some(
                ([of, by]) => of.test(name) && options.some((each) => by.test(each.name) && each.value !== ""),
              ),
            };
          });
      }),
  ),
);

/** Most command lines have none of the options: they need no further look. */
const mayListen = (line: string): boolean => /listen|host|bind|addr|\s-b\s/.test(line);

interface Option {
  readonly name: string;
  readonly value: string;
}

/** `--name=value` and `--name value`, of any number of dashes. */
function optionsOf(line: string): readonly Option[] {
  const words = line.split(/\s+/);
  return words.flatMap((word, index) => {
    if (!/^--?[A-Za-z]/.test(word)) return [];
    const equals = word.indexOf("=");
    if (equals > 0) return [{ name: word.slice(0, equals), value: word.slice(equals + 1) }];
    const next = words[index + 1] ?? "";
    return [{ name: word, value: next.startsWith("-") ? "" : next }];
  });
}
