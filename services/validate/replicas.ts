import type { Pods } from "../schema/component.ts";
import { type Check, type Fault, unless } from "./fault.ts";
import { show } from "./show.ts";

/** Two of everything, unless a second would do harm. */

function counted(path: string, { replicas: { min, max }, singleton, deploy }: Pods): readonly Fault[] {
  if (singleton === true) {
    return [
      ...unless(
        min === 1 && max === 1,
        `${path}/replicas`,
        "must be min 1 and max 1 for a singleton",
        `min ${min}, max ${max}`,
      ),
      ...unless(
        deploy === "rolling",
        `${path}/deploy`,
        'must be "rolling" for a singleton: blue and green would run at once',
        show(deploy),
      ),
    ];
  }
  return [
    ...unless(min >= 2, `${path}/replicas/min`, "must be >= 2 (MUN-4.8)", show(min)),
    ...unless(max >= min, `${path}/replicas/max`, `must be >= min (${min})`, show(max)),
  ];
}

export const replicas: Check = ({ services }) =>
  services.flatMap((service) =>
    service.components.flatMap((component) =>
      component.kind === "pods" ? counted(`${service.name}/components/${component.name}`, component) : [],
    ),
  );
