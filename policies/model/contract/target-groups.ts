import { Fields } from "../cluster/fields.ts";
import { type Named, named, objectsOf } from "../cluster/objects.ts";
import { type Service, services } from "../cluster/services.ts";
import { type Estate, type Host, kind } from "../estate.ts";
import { type TargetGroup, targetGroups } from "../load-balancers.ts";
import { tagOf } from "../network/interfaces/hosts.ts";
import { type Place, placeOfResource } from "../place.ts";
import { isUnknown, known, type Value } from "../value.ts";

/** A TargetGroupBinding: pods of a Service as targets of a group that Terraform makes. */
export interface GroupBinding extends Named {
  /** The name in its ARN, or its name. */
  readonly group: string | undefined;
  readonly type: Value<string> | undefined;
  readonly service: Service | undefined;
  readonly serviceName: string;
  /** Number or name of a port of the Service. */
  readonly port: Value<number> | string | undefined;
}

export const groupBindings = kind<GroupBinding>("TargetGroupBinding", (estate) =>
  ["eks.amazonaws.com", "elbv2.k8s.aws"].flatMap((group) =>
    objectsOf(estate, "TargetGroupBinding", group).map((manifest) => {
      const object = named(manifest);
      const { spec, namespace } = object;
      const reference = new Fields(spec.raw["serviceRef"]);
      const arn = spec.text("targetGroupARN") ?? spec.text("targetGroupName");
      const port = reference.raw["port"];
      return {
        ...object,
        group: arn === undefined || isUnknown(arn) ? undefined : (/:targetgroup\/([^/]+)\//.exec(arn)?.[1] ?? arn),
        type: spec.text("targetType"),
        service: estate
          .of(services)
          .find((each) => each.namespace === namespace && each.name === reference.raw["name"]),
        serviceName: String(reference.raw["name"]),
        port: typeof port === "string" ? port : reference.number("port"),
      };
    }),
  ),
);

/** The group of Terraform that a binding names; nothing where none has that name. */
export const groupOfBinding = ({ group }: GroupBinding, estate: Estate): TargetGroup | undefined =>
  group === undefined ? undefined : estate.of(targetGroups).find(({ name }) => known(name) === group);

/** A target group of hosts, and each host that is registered with it. */
export interface HostTargets {
  readonly at: Place;
  readonly group: TargetGroup;
  /** `traffic-port`: that of each target. */
  readonly healthPort: Value<string>;
  readonly targets: readonly {
    readonly at: Place;
    readonly host: Host | undefined;
    readonly name: string;
    readonly port: Value<number> | undefined;
  }[];
}

const ATTACHMENTS = ["aws_lb_target_group_attachment", "aws_alb_target_group_attachment"];

export const hostTargets = kind<HostTargets>("target group of hosts", (estate: Estate) => {
  const { terraform } = estate;
  const hosts = new Map(estate.hosts.map((host) => [host.name, host]));
  const attached = Map.groupBy(terraform.ofType(...ATTACHMENTS), ({ block }) =>
    terraform.find(block.text("target_group_arn")),
  );
  return estate.of(targetGroups).flatMap((group) => {
    const targets = (attached.get(group.resource) ?? []).map((attachment) => {
      const instance = terraform.find(attachment.block.text("target_id"), "aws_instance");
      const name = instance === undefined ? undefined : known(tagOf(instance.block, "Name"));
      return {
        at: placeOfResource(attachment),
        host: name === undefined ? undefined : hosts.get(name),
        name: name ?? attachment.address,
        port: attachment.block.number("port") ?? group.port,
      };
    });
    if (targets.length === 0) return [];
    const healthPort = group.resource.block.block("health_check")?.text("port") ?? "traffic-port";
    return [{ at: group.at, group, healthPort, targets }];
  });
});
