import { kind } from "./estate.ts";
import { type Place, placeOfResource } from "./place.ts";
import type { Block } from "./terraform/block.ts";
import type { Graph } from "./terraform/graph.ts";
import type { Resource } from "./terraform/resource.ts";
import type { Value } from "./value.ts";

/** What a listener does with a request: by default, or by one of its rules. */
export interface ListenerAction {
  /** The listener itself or the rule. */
  readonly at: Place;
  /** `default_action[0]`, `action[0]`. */
  readonly attribute: string;
  readonly type: Value<string>;
  /** Of an action that redirects. */
  readonly redirect: Redirect | undefined;
  readonly targets: readonly ForwardedTo[];
}

/** What is not said is taken from the request: `#{protocol}`, `#{port}`. */
export interface Redirect {
  readonly protocol: Value<string>;
  readonly port: Value<string>;
  /** `HTTP_301`, `HTTP_302`. */
  readonly status: Value<string> | undefined;
}

/** A target group that requests go to, and which resource that is where outputs show it. */
export interface ForwardedTo {
  readonly arn: Value<string> | undefined;
  readonly group: Resource | undefined;
}

/**
 * Every action of every listener: its own and those of the rules that name it. Under nothing: those of rules whose
 * listener outputs do not show.
 */
export const listenerActions = kind<ReadonlyMap<Resource | undefined, readonly ListenerAction[]>>(
  "actions by listener",
  ({ terraform }) => {
    const found = new Map<Resource | undefined, ListenerAction[]>();
    const add = (listener: Resource | undefined, resource: Resource, name: string): void => {
      const own = found.get(listener) ?? [];
      found.set(listener, own);
      for (const [at, block] of resource.block.blocks(name).entries())
        own.push(actionOf(block, `${name}[${at}]`, resource, terraform));
    };
    for (const each of terraform.ofType(...listenerTypes)) add(each, each, "default_action");
    for (const each of terraform.ofType("aws_lb_listener_rule", "aws_alb_listener_rule")) {
      add(terraform.find(each.block.text("listener_arn"), ...listenerTypes), each, "action");
    }
    return [found];
  },
);

export const listenerTypes = ["aws_lb_listener", "aws_alb_listener"] as const;

function actionOf(block: Block, attribute: string, resource: Resource, terraform: Graph): ListenerAction {
  const redirect = block.block("redirect");
  const weighted = block.blocks("forward").flatMap((forward) => forward.blocks("target_group"));
  const arns = [block.text("target_group_arn"), ...weighted.map((each) => each.text("arn"))];
  return {
    at: placeOfResource(resource),
    attribute,
    type: block.text("type") ?? "forward",
    redirect:
      redirect === undefined
        ? undefined
        : {
            protocol: redirect.text("protocol") ?? "#{protocol}",
            port: redirect.text("port") ?? "#{port}",
            status: redirect.text("status_code"),
          },
    targets: arns.flatMap((arn) =>
      arn === undefined ? [] : [{ arn, group: terraform.find(arn, "aws_lb_target_group", "aws_alb_target_group") }],
    ),
  };
}
