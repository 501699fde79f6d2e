import type { Declaration } from "./declaration.ts";

const DIGEST = /@sha256:[0-9a-f]{64}$/;
/** An ECR registry of one account and region. */
const PRIVATE = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\//;

/** Whether an image is named by its digest, and is one image for ever. */
export const isPinned = (image: string): boolean => DIGEST.test(image);

/** Whether an image is of a private registry; with a declaration, of the account's own in its region. */
export function isOfOwnRegistry(image: string, declaration: Declaration | undefined): boolean {
  const [, account, region] = PRIVATE.exec(image) ?? [];
  if (account === undefined) return false;
  return declaration === undefined || (account === declaration.account && region === declaration.region);
}
