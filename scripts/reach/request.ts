import { oneOf, parseOptions, UsageError, wholeNumber } from "../options.ts";

/** What `npm run reach` was asked for. */
export interface ReachRequest {
  /** Absent: the matrix. */
  readonly question:
    | { readonly from: string; readonly to: string; readonly port: number; readonly protocol: "tcp" | "udp" }
    | undefined;
  readonly environment: string | undefined;
  readonly artefacts: string;
  readonly json: boolean;
  readonly help: boolean;
}

/** Reads the command line. Throws UsageError. */
export function parseRequest(args: readonly string[]): ReachRequest {
  const { from, to, port, protocol, matrix, environment, artefacts, json, help } = parseOptions(args, {
    from: { type: "string" },
    to: { type: "string" },
    port: { type: "string" },
    protocol: { type: "string" },
    matrix: { type: "boolean", default: false },
    environment: { type: "string" },
    artefacts: { type: "string", default: "out" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  });
  const common = { environment, artefacts, json, help };
  const asked = { from, to, port, protocol };
  if (help) return { ...common, question: undefined };
  if (matrix) {
    const more = Object.entries(asked).find(([, value]) => value !== undefined)?.[0];
    if (more !== undefined) throw new UsageError(`--matrix: got --${more} too, it goes with no question (see --help)`);
    return { ...common, question: undefined };
  }
  return {
    ...common,
    question: {
      from: given("--from", from),
      to: given("--to", to),
      port: wholeNumber("--port", given("--port", port), 65_535),
      protocol: oneOf("--protocol", protocol ?? "tcp", ["tcp", "udp"]),
    },
  };
}

function given(option: string, value: string | undefined): string {
  if (value !== undefined && value !== "") return value;
  throw new UsageError(`${option}: got nothing, a question needs --from, --to and --port (see --help)`);
}
