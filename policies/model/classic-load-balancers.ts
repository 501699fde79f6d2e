import { kind } from "./estate.ts";
import { type Place, placeOfResource } from "./place.ts";
import type { Block } from "./terraform/block.ts";
import type { Graph } from "./terraform/graph.ts";
import type { Resource } from "./terraform/resource.ts";
import { known, Unknown, type Value } from "./value.ts";

/** A listener of a load balancer of the first generation: `aws_elb`. */
export interface ClassicListener {
  readonly at: Place;
  readonly resource: Resource;
  /** `listener[0]`. */
  readonly attribute: string;
  /** `HTTP`, `HTTPS`, `TCP`, `SSL`, as clients see it. */
  readonly protocol: Value<string>;
  /** Towards the instances. */
  readonly instanceProtocol: Value<string>;
  /** Of the health check; absent: none is said, which is TCP. */
  readonly healthTarget: Value<string> | undefined;
  /** Whether only private addresses reach it. */
  readonly internal: Value<boolean>;
  /** Its predefined policy, where one is given. */
  readonly policy: Value<string> | undefined;
  /** `Protocol-TLSv1.2`: what a policy of its own switches on. */
  readonly protocols: readonly string[] | undefined;
  /** Suites that such a policy switches on. */
  readonly ciphers: readonly string[];
}

/** What a policy says of TLS. */
type Said = Pick<ClassicListener, "policy" | "protocols" | "ciphers">;

/** Every listener of every classic load balancer. */
export const classicListeners = kind<ClassicListener>("classic listener", ({ terraform }) =>
  terraform.ofType("aws_elb").flatMap((resource) =>
    resource.block.blocks("listener").map((listener, index) => ({
      at: placeOfResource(resource),
      resource,
      attribute: `listener[${index}]`,
      protocol: upper(listener.text("lb_protocol")),
      instanceProtocol: upper(listener.text("instance_protocol")),
      healthTarget: resource.block.block("health_check")?.text("target"),
      internal: resource.block.flag("internal") ?? false,
      ...policyOf(listener, resource, terraform),
    })),
  ),
);

const upper = (text: Value<string> | undefined): Value<string> =>
  typeof text === "string" ? text.toUpperCase() : (text ?? new Unknown("no protocol"));

/** What a listener's policy says: its reference to a predefined one, or the versions that it switches on itself. */
function policyOf(listener: Block, balancer: Resource, terraform: Graph): Said {
  const port = known(listener.number("lb_port"));
  const own = terraform
    .ofType("aws_lb_ssl_negotiation_policy")
    .find(
      ({ block }) =>
        terraform.find(block.text("load_balancer"), "aws_elb") === balancer && known(block.number("lb_port")) === port,
    );
  if (own !== undefined) return saidBy(own.block.blocks("attribute"));
  const set = terraform
    .ofType("aws_load_balancer_listener_policy")
    .find(
      ({ block }) =>
        terraform.find(block.text("load_balancer_name"), "aws_elb") === balancer &&
        known(block.number("load_balancer_port")) === port,
    );
  const names = set?.block.texts("policy_names").map((name) => known(name) ?? String(name)) ?? [];
  const policies = terraform
    .ofType("aws_load_balancer_policy")
    .filter(({ address, block }) => {
      const name = known(block.text("policy_name"));
      return names.some((each) => each === name || each.includes(`${address}.`));
    })
    .filter(({ block }) => known(block.text("policy_type_name")) === "SSLNegotiationPolicyType");
  const said = saidBy(policies.flatMap(({ block }) => block.blocks("policy_attribute")));
  return set !== undefined && policies.length === 0 ? { ...said, policy: new Unknown(names.join(", ")) } : said;
}

/** Attributes of a policy: each a name and whether it is switched on. */
function saidBy(attributes: readonly Block[]): Said {
  const reference = attributes.find((each) => known(each.text("name")) === "Reference-Security-Policy");
  const enabled = attributes
    .filter((each) => known(each.text("value")) === "true")
    .flatMap((each) => known(each.text("name")) ?? []);
  const protocols = enabled.filter((name) => name.startsWith("Protocol-"));
  return {
    policy: reference?.text("value"),
    protocols: protocols.length === 0 ? undefined : protocols,
    ciphers: enabled.filter((name) => !/^(?:Protocol|Server|Reference)-/.test(name)),
  };
}
