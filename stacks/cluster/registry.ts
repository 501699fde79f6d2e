import { ImageRepository } from "../../constructs/cluster/image-repository.ts";
import { PullThrough } from "../../constructs/cluster/pull-through.ts";
import { Registry } from "../../constructs/cluster/registry.ts";
import { EncryptionKey } from "../../constructs/keys/encryption-key.ts";
import { administrativeRole, imageRepository, PLATFORM, resourceName, roleArn } from "../../services/names.ts";
import { logShipper, upstreamRegistries } from "../../services/platform.ts";
import { imageOf, upstreamOf, workloads } from "../../services/resolve.ts";
import type { Environment } from "../../services/schema/environment.ts";
import type { Service } from "../../services/schema/service.ts";
import type { PlatformStack } from "../platform-stack.ts";
import { deletable, guardians } from "../stack.ts";

/** The name of the role that makes repositories for what comes from elsewhere. */
const pullThroughRole = (environment: Environment, prefix: string): string =>
  resourceName(environment, PLATFORM, "pull-through", prefix);

/** A repository for each image that the catalogue names, and for the cluster's own log agent; those of other registries come through caches. */
export function registry(stack: PlatformStack, environment: Environment, onPods: readonly Service[]): void {
  const images = [...new Set([logShipper.name, ...onPods.flatMap(workloads).map(imageOf)])].sort();
  const prefixes = [...new Set(images.flatMap((image) => upstreamOf(image) ?? []))];
  const guards = {
    publisherArns: [administrativeRole(environment, "publish")],
    breakGlassArns: guardians(environment),
  };
  const key = new EncryptionKey(stack, "images-key", {
    aliasName: resourceName(environment, PLATFORM, "images"),
    description: "Container images",
    accountId: environment.account,
    region: environment.region,
    userArns: [],
    delegatorArns: [
      administrativeRole(environment, "apply"),
      administrativeRole(environment, "break-glass"),
      ...prefixes.map((prefix) => roleArn(environment, pullThroughRole(environment, prefix))),
    ],
    usedThrough: ["ecr"],
    breakGlassArns: guardians(environment),
    ...deletable(environment),
  });
  for (const image of images.filter((each) => upstreamOf(each) === undefined)) {
    new ImageRepository(stack, `image-${image.replaceAll(/[^a-z0-9-]/g, "-")}`, {
      name: imageRepository(image),
      kmsKeyArn: key.arn,
      ...guards,
      ...deletable(environment),
    });
  }
  const caches = Object.entries(upstreamRegistries)
    .filter(([prefix]) => prefixes.includes(prefix))
    .map(
      ([prefix, upstream]) =>
        new PullThrough(stack, `from-${prefix}`, {
          roleName: pullThroughRole(environment, prefix),
          accountId: environment.account,
          region: environment.region,
          prefix,
          upstream,
          kmsKeyArn: key.arn,
          ...guards,
        }),
    );
  new Registry(stack, "registry", { statements: caches.map(({ registryStatement }) => registryStatement) });
}
