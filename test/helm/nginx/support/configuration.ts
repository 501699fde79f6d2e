import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import { placeholderOverlay } from "../../../../helm/placeholders.ts";
import type { ServiceValues } from "../../../../helm/values/service-values.ts";
import { type Rendered, render } from "../../service/support/render.ts";

/** Values of a service as they are committed. */
export const generated = (environment: string, service: string): ServiceValues =>
  parse(
    readFileSync(resolve(import.meta.dirname, `../../../../helm/generated/${environment}/${service}.yaml`), "utf8"),
  );

/** nginx.conf of each component that has one, rendered by the real Helm. */
export async function configurations(values: ServiceValues): Promise<Readonly<Record<string, string>>> {
  const objects = await render({ ...values, ...placeholderOverlay(values) }, { name: values.service });
  return Object.fromEntries(
    objects
      .filter(({ kind, metadata }) => kind === "ConfigMap" && metadata.name.endsWith("-nginx"))
      .map(({ metadata, ...object }: Rendered) => [
        metadata.name.slice(0, -"-nginx".length),
        String(object["data"]["nginx.conf"]),
      ]),
  );
}

/** nginx.conf of one component. */
export async function configuration(values: ServiceValues, component: string): Promise<string> {
  const found = (await configurations(values))[component];
  if (found === undefined) throw new Error(`${component}: must have an nginx.conf, got none`);
  return found;
}

/**
 * A configuration moved: each text that stands for a place in a pod becomes one of this machine. Throws for a text that is
 * not there, so that no test runs against something else than it thinks.
 */
export function moved(configuration: string, places: Readonly<Record<string, string>>): string {
  return Object.entries(places).reduce((text, [from, to]) => {
    if (!text.includes(from))
      throw new Error(`"${from}": must be in the configuration, which begins ${text.slice(0, 80)}`);
    return text.replaceAll(from, to);
  }, configuration);
}
