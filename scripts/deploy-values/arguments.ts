import type { Colour } from "../../helm/values/service-values.ts";
import { oneOf, parseOptions, UsageError } from "../options.ts";

export const usage = `Usage: npm run deploy-values --silent -- --environment NAME --service NAME --terraform-output FILE --images FILE

Writes the values that only a deployment knows, for helm to take after the committed ones: digests of images and live
colour, and ARNs of what Terraform made. All is judged first: nothing is written while anything is missing, unknown or of
another service, account or region, or while the committed values, which helm takes first, are not what the catalogue
says. What it writes is not to be committed. docs/how-to/deploy-pods.md has the steps.

  --environment NAME        where it is deployed
  --service NAME            what: a service on pods, or "cluster" for what all of them share
  --terraform-output FILE   what "terraform output -json" says in the stack of that name; "-" reads standard input
  --images FILE             digests by repository, as JSON:
                              a service: {"live": "blue", "newest": "green", "images": {"blue": {...}, "green": {...}}}
                              the cluster: {"images": {"platform/...": "sha256:..."}}
  --live blue|green         the colour that gets the requests, instead of the file's
  --newest blue|green       the colour that was changed last, instead of the file's
  --output FILE             write there, whole or not at all; default: standard output
  --help                    this text

Exit code: 0 written, 2 a fault (nothing is written).
`;

/** What a run is asked for. */
export interface Request {
  readonly environment: string;
  /** A service on pods, or the cluster. */
  readonly service: string;
  /** A file, or `-`. */
  readonly terraformOutput: string;
  readonly images: string;
  readonly live?: Colour;
  readonly newest?: Colour;
  /** A file; absent: standard output. */
  readonly output?: string;
}

/** What may be asked for. */
export interface Known {
  readonly environments: readonly string[];
  /** Services on pods. */
  readonly services: readonly string[];
  readonly cluster: string;
}

/** Reads the arguments; undefined when they ask for help. Throws UsageError. */
export function parseRequest(args: readonly string[], known: Known): Request | undefined {
  const values = parseOptions(args, {
    environment: { type: "string" },
    service: { type: "string" },
    "terraform-output": { type: "string" },
    images: { type: "string" },
    live: { type: "string" },
    newest: { type: "string" },
    output: { type: "string" },
    help: { type: "boolean", default: false },
  });
  if (values.help) return undefined;
  const service = oneOf("--service", values.service, [...known.services, known.cluster]);
  const { live, newest } = { live: colour("--live", values.live), newest: colour("--newest", values.newest) };
  if (service === known.cluster && (live ?? newest) !== undefined) {
    const [option, got] = live === undefined ? ["--newest", newest] : ["--live", live];
    throw new UsageError(`${option}: got "${got}", but the cluster has no colours`);
  }
  return {
    environment: oneOf("--environment", values.environment, known.environments),
    service,
    terraformOutput: file("--terraform-output", values["terraform-output"]),
    images: file("--images", values.images),
    ...(live === undefined ? {} : { live }),
    ...(newest === undefined ? {} : { newest }),
    ...(values.output === undefined ? {} : { output: file("--output", values.output) }),
  };
}

const colour = (option: string, given: string | undefined): Colour | undefined =>
  given === undefined ? undefined : oneOf(option, given, ["blue", "green"]);

function file(option: string, given: string | undefined): string {
  if (given === undefined || given.trim() === "") {
    throw new UsageError(`${option}: got ${given === undefined ? "nothing" : `"${given}"`}, must name a file`);
  }
  return given;
}
