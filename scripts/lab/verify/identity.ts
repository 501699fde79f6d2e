import { inHost } from "../hosts.ts";
import { run } from "../programs.ts";
import { type Check, demandNone } from "./check.ts";

/** Exit codes of curl: connected (the service refuses a request without a token), and no answer in time. */
const [CONNECTED, TIMEOUT] = [0, 28];

/** Credentials of a host's role. */
export const identity: Check = {
  name: "identity",
  proves: "root asks for the credentials of a host's role, an account of no program does not",
  run: async (lab) => {
    const ask = ["curl", "--silent", "--max-time", "2", "--output", "/dev/null", "http://169.254.169.254/latest/"];
    const callers = [
      { name: "root", command: ask, expected: CONNECTED },
      {
        name: "nobody",
        command: ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", ...ask],
        expected: TIMEOUT,
      },
    ];
    const findings = await Promise.all(
      lab.plan.hosts.flatMap((host) =>
        callers.map(async ({ name, command, expected }) => {
          const { code } = await run("nsenter", await inHost(lab, host, command));
          return code === expected ? [] : [`${host.tag}: ${name}: curl ended with ${code}, must be ${expected}`];
        }),
      ),
    );
    demandNone(findings.flat());
    return `${lab.plan.hosts.length} hosts`;
  },
};
