import { clusterImages, imagesOf } from "./images.ts";
import { administratorsIn } from "./overlay/administrators.ts";
import {
  administratorSecret,
  certificateAuthority,
  outputArn,
  outputArns,
  type Place,
  targetGroup,
} from "./overlay/arns.ts";
import { closed, judged, properties } from "./overlay/given.ts";
import { digests, releaseOf } from "./overlay/release.ts";
import type { ClusterOverlay, ClusterValues } from "./values/cluster-values.ts";
import type { Overlay, ServiceValues } from "./values/service-values.ts";

/** What a deployment is told, as parsed JSON: nothing of it is believed. */
export interface Given {
  /** Of `terraform output -json` in the stack that has the release's name. */
  readonly outputs: unknown;
  readonly release: unknown;
}

/**
 * What only a deployment knows of a service, judged against what its values ask for: every image has a digest in each
 * colour, every target group and administrator an ARN of this account and region. Throws an error with a line for each
 * fault: path, what must hold, what was got.
 */
export const overlayFrom = (place: Place, values: ServiceValues, { outputs, release }: Given): Overlay =>
  judged((report) => {
    const stack = properties("terraform output", outputs, report);
    const groups = Object.entries(values.targetGroups).map(([name, group]) => [name, targetGroup(group.name)] as const);
    const administrators = administratorsIn(values).map((store) => [store, administratorSecret] as const);
    return {
      release: releaseOf(imagesOf(values), release, report),
      targetGroupArns: outputArns(stack, "targetGroupArns", new Map(groups), place, report),
      administratorSecretArns: outputArns(stack, "administratorSecretArns", new Map(administrators), place, report),
    };
  });

/** The same of the cluster. */
export const clusterOverlayFrom = (place: Place, values: ClusterValues, { outputs, release }: Given): ClusterOverlay =>
  judged((report) => {
    const stack = properties("terraform output", outputs, report);
    const file = properties("release", release, report);
    if (file !== undefined) closed("release", file, ["images"], report);
    return {
      internalAuthorityArn: outputArn(stack, "internalAuthorityArn", certificateAuthority, place, report),
      images: file === undefined ? {} : digests("release/images", file["images"], clusterImages(values), report),
    };
  });
