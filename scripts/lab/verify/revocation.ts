import { besideHosts } from "../controller.ts";
import type { Lab } from "../hosts.ts";
import { demand } from "../programs.ts";
import { type Check, demandNone } from "./check.ts";
import { callTo, unless, withClient } from "./edge-client.ts";
import { demandDone, refused } from "./operations.ts";

/** Serial number of a certificate, hexadecimal. */
async function serialOf(lab: Lab, path: string): Promise<string> {
  const command = ["openssl", "x509", "-in", path, "-noout", "-serial"];
  return (await demand("nsenter", besideHosts(lab, command))).trim().replace("serial=", "");
}

/** A client's certificate that is withdrawn. */
export const revocation: Check = {
  name: "revoke",
  proves:
    "the playbook ends once no proxy takes a revoked certificate, and others are taken as before; a reason that is none is refused (BRK-10.4)",
  services: ["message-broker"],
  long: true,
  run: (lab) =>
    withClient(lab, async (client) => {
      const { entry: _, ...door } = callTo(lab, "clients", "clients");
      const asked = { authority: "broker", purpose: "client", seconds: 3600 } as const;
      await client.issue("staying", { ...asked, subject: "client-a" });
      const serial = await serialOf(lab, await client.issue("leaving", { ...asked, subject: "client-b" }));
      // The load balancer deals them out: each proxy is asked.
      const proxies = lab.plan.hosts.filter(({ group }) => group === "proxy");
      const ask = async (identity: string, wanted: number) => {
        const findings: string[] = [];
        for (const _proxy of [...proxies, ...proxies]) {
          const [answer] = await client.call([{ ...door, method: "GET", path: "/api/v1/health", identity }]);
          findings.push(...unless(`the certificate ${identity}`, answer, wanted));
        }
        return findings;
      };
      const values = { revoke_serial: serial, revoke_seconds: 1 };
      demandNone([
        ...(await ask("leaving", 200)),
        ...(await refused(
          lab,
          "revoke-certificate",
          { ...values, revoke_reason: "LOST" },
          "revoke_reason: must be one of",
        )),
        ...(await ask("leaving", 200)),
      ]);
      await demandDone(lab, "revoke-certificate", { ...values, revoke_reason: "KEY_COMPROMISE" });
      demandNone([...(await ask("leaving", 403)), ...(await ask("staying", 200))]);
      return `${serial} refused by ${proxies.length} proxies`;
    }),
};
