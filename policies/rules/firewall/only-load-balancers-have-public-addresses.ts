import { demand, objection, rule } from "../../engine/rule.ts";
import { isEmpty } from "../../model/addresses.ts";
import { declaredFor } from "../../model/network/entrypoints.ts";
import { interfaces } from "../../model/network/interfaces.ts";

/** Hosts, databases and nodes cannot be reached from the internet, even if a group were opened by mistake. */
export const onlyLoadBalancersHavePublicAddresses = rule({
  id: "FW-011",
  slug: "only-load-balancers-have-public-addresses",
  severity: "critical",
  title: "Only load balancers of declared entrypoints have an address of the internet",
  why: "With a public address one wrong security group rule is enough to be open to the world; without one it takes a second mistake.",
  fix: "Start it in a private subnet without a public address; put a load balancer in front of what the public needs.",
  appliesTo: interfaces,
  requirements: ["TKT-5.4", "BRK-SEC.16"],
  check: (subject, estate) => {
    const { what, publicAddress, publicBy } = subject;
    if (what !== "load balancer") {
      return demand(publicBy, publicAddress, "no address of the internet", (is) => !is);
    }
    if (estate.declaration === undefined || publicAddress === false) return [];
    // What CloudFront alone may reach, it reaches inside the VPC.
    const outside = declaredFor(estate, subject).filter(({ addresses }) => !isEmpty(addresses));
    if (outside.length > 0) return [];
    const got = publicAddress === true ? "an address of the internet" : publicAddress;
    return [objection(publicBy, got, "internal: no entrypoint is declared that the internet reaches by it")];
  },
});
