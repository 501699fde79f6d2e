import type { Estate, ResolvedPart, ResolvedService } from "../services/resolve.ts";
import { type Context, pathOf, type Workload, workloadsOf } from "./values/context.ts";
import { type Variable, variablesOf } from "./values/variables.ts";

/** What stands for a part that is fetched when the pod starts: what it is, never a value. */
function shown(part: ResolvedPart): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "secret":
      return `<secret: ${part.why}>`;
    case "after-apply":
      return part.fact === "endpoint"
        ? `<host name of ${part.database}>`
        : `<secret: administrator of ${part.database}>`;
  }
}

/** A value as such files write it: bare where it is plain, else in quotes that it does not hold. */
function quoted(value: string): string {
  if (/^[\w.,:/@%+=-]*$/.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  return `"${value.replaceAll(/[\\"$`]/g, (special) => `\\${special}`)}"`;
}

function line(path: string, { name, parts, meaning }: Variable): string {
  if (meaning === undefined) {
    throw new Error(`${path}/environment/${name}: must have a meaning in services/variables.ts, got none`);
  }
  return `# ${meaning}\n${name}=${quoted(parts.map(shown).join(""))}\n`;
}

function section(context: Context, workload: Workload): string {
  const variables = variablesOf(context, workload);
  const kind = workload.kind === "job" ? "job" : "component";
  const title = `#\n# ${kind} ${workload.name}: ${workload.why}\n#\n`;
  const path = pathOf(context, workload);
  return (
    title + (variables.length === 0 ? "# no variables\n" : variables.map((variable) => line(path, variable)).join(""))
  );
}

/**
 * Every variable of every component and job of a service on pods, with its meaning and its value in one environment
 * (ALC-2.12). Secrets stand as what they are for.
 */
export function envExample(resolved: ResolvedService, estate: Estate): string {
  const context: Context = { resolved, estate };
  const { service, environment } = resolved;
  const introduction = `# Variables of ${service.name}, with their values in ${environment.name}: one section for each component and job, which
# gets those of its section and no others. What stands in <...> comes from Secrets Manager or Parameter Store.
`;
  return [introduction, ...workloadsOf(context).map((workload) => section(context, workload))].join("\n");
}
