import { clusterImages, imagesOf } from "./images.ts";
import { administratorsIn } from "./overlay/administrators.ts";
import type { ClusterOverlay, ClusterValues } from "./values/cluster-values.ts";
import type { Overlay, ServiceValues } from "./values/service-values.ts";

/** Stands for the digest of an image: no image has it. */
const DIGEST = `sha256:${"0".repeat(64)}`;
/** Stands for the random part of an ARN. */
const TARGET_GROUP = "0".repeat(16);
const ID = "00000000-0000-0000-0000-000000000000";
const SECRET = `rds!cluster-${ID}-000000`;

/** Account and region of a registry: `333333333333.dkr.ecr.eu-central-1.amazonaws.com`. */
function placeOf(registry: string): { readonly account: string; readonly region: string } {
  const [account = "", , , region = ""] = registry.split(".");
  return { account, region };
}

const digestsOf = (images: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(images.map((image) => [image, DIGEST]));

/**
 * Stands for what only a deployment knows, so that a service can be rendered and checked without one. All of it is marked
 * by zeros, which `npm run deploy-values` refuses, and a cluster would find no image of.
 */
export function placeholderOverlay(values: ServiceValues): Overlay {
  const { account, region } = placeOf(values.registry);
  const images = digestsOf(imagesOf(values));
  return {
    release: { live: "blue", newest: "blue", images: { blue: images, green: images } },
    targetGroupArns: Object.fromEntries(
      Object.entries(values.targetGroups).map(([entrypoint, { name }]) => [
        entrypoint,
        `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${name}/${TARGET_GROUP}`,
      ]),
    ),
    administratorSecretArns: Object.fromEntries(
      administratorsIn(values).map((store) => [store, `arn:aws:secretsmanager:${region}:${account}:secret:${SECRET}`]),
    ),
  };
}

/** The same for what stands in the cluster before any service. */
export function clusterPlaceholderOverlay(values: ClusterValues): ClusterOverlay {
  const { account, region } = placeOf(values.registry);
  return {
    internalAuthorityArn: `arn:aws:acm-pca:${region}:${account}:certificate-authority/${ID}`,
    images: digestsOf(clusterImages(values)),
  };
}
