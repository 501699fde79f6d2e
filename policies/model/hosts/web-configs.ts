import { kind } from "../estate.ts";
import { type JsonObject, listOf, objectOf, textOf } from "../json.ts";
import { type Place, placeOfHost } from "../place.ts";
import { isUnknown, type Value } from "../value.ts";
import { yamlOf } from "./yaml-files.ts";

/** A file by which Prometheus, its exporters and Alertmanager serve TLS (exporter-toolkit's web configuration). */
export interface WebConfig {
  readonly at: Place;
  /** Unknown where the file is no YAML. */
  readonly server: Value<JsonObject>;
  readonly users: readonly string[];
}

const HINT = /^(?:tls_server_config|basic_auth_users):/m;

/** Every such file of every host. */
export const webConfigs = kind<WebConfig>("web configuration of an exporter", (estate) =>
  estate.hosts.flatMap((host) =>
    [...host.files.values()]
      .filter(
        ({ path, text }) =>
          (path.endsWith(".yml") || path.endsWith(".yaml")) &&
          (HINT.test(text) || /\/web(?:[-.]config)?\.ya?ml$/.test(path)),
      )
      .map((file) => {
        const read = yamlOf(estate, file);
        return {
          at: placeOfHost(host, file.path),
          server: isUnknown(read) ? read : objectOf(read["tls_server_config"]),
          users: isUnknown(read) ? [] : Object.keys(objectOf(read["basic_auth_users"])),
        };
      }),
  ),
);

/** A list of texts, or one. */
export const textsOf = (value: unknown): readonly string[] =>
  listOf(value as never).flatMap((each) => textOf(each) ?? []);
