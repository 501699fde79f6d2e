import { type Estate, type Host, kind, type Manifest } from "../estate.ts";
import { objectOf, textOf } from "../json.ts";
import { type Place, placeOfHost, placeOfManifest } from "../place.ts";
import { Context } from "./context.ts";
import { load, type Texts } from "./include.ts";
import type { Directive, SyntaxFault } from "./parse.ts";

/** A configuration that NGINX is started with: of a host, or of pods out of a ConfigMap. */
export interface NginxConfiguration {
  readonly at: Place;
  /** The host that it is of, or the ConfigMap. */
  readonly of: Host | Manifest;
  readonly main: Context;
  /** Why NGINX would refuse it. What could be read is judged all the same. */
  readonly faults: readonly SyntaxFault[];
  /** `include` of files that outputs do not hold. */
  readonly missing: readonly Directive[];
  /** Addresses behind each `upstream`. */
  readonly upstreams: ReadonlyMap<string, readonly string[]>;
}

/** What NGINX reads first; the others only where nothing includes them. */
const MAIN = /(?:^|\/)nginx\.conf$/;
const PART = /\/nginx\/(?:conf\.d|sites-enabled|http\.d)\/[^/]+$/;

/** Every configuration of NGINX. */
export const nginxConfigurations = kind<NginxConfiguration>("NGINX configuration", (estate) => [
  ...ofHosts(estate),
  ...ofPods(estate),
]);

const ofHosts = ({ hosts }: Estate): readonly NginxConfiguration[] =>
  hosts.flatMap((host) => {
    const paths = [...host.files.keys()].filter((path) => path.includes("nginx"));
    const texts: Texts = new Map(paths.map((path) => [path, host.files.get(path)?.text ?? ""]));
    return mainsOf(paths).map((path) => configurationOf(path, texts, placeOfHost(host, path), host));
  });

const ofPods = ({ manifests }: Estate): readonly NginxConfiguration[] =>
  manifests
    .filter((each) => each.kind === "ConfigMap")
    .flatMap((manifest) => {
      const texts: Texts = new Map(
        Object.entries(objectOf(manifest.body["data"])).map(([name, text]) => [name, textOf(text) ?? ""]),
      );
      const { resource, ...rest } = placeOfManifest(manifest);
      return [...texts.keys()]
        .filter((name) => MAIN.test(name))
        .map((name) => configurationOf(name, texts, { resource: `${resource}:${name}`, ...rest }, manifest));
    });

/** Without a main file of ours, that of NGINX' package includes the parts. */
function mainsOf(paths: readonly string[]): readonly string[] {
  const mains = paths.filter((path) => MAIN.test(path));
  return mains.length > 0 ? mains : paths.filter((path) => PART.test(path));
}

function configurationOf(path: string, texts: Texts, at: Place, of: Host | Manifest): NginxConfiguration {
  const { directives, expand, faults, missing } = load(path, texts);
  const main = new Context(directives, expand);
  const upstreams = new Map<string, readonly string[]>();
  for (const context of [main, ...main.children]) {
    for (const { words, block } of context.own("upstream")) {
      const servers = (block ?? []).flatMap((each) => (each.name === "include" ? expand(each) : [each]));
      upstreams.set(
        words[0] ?? "",
        servers.filter(({ name }) => name === "server").map((server) => server.words[0] ?? ""),
      );
    }
  }
  return { at, of, main, faults, missing, upstreams };
}
