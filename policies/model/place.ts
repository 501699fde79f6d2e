import type { Host, Manifest } from "./estate.ts";
import type { Resource } from "./terraform/resource.ts";

/** Where a subject stands in the outputs: what a reader of a finding looks up. */
export interface Place {
  /** As its program prints it: `aws_s3_bucket.x`, `Deployment/desktop-backend/api`, `prd-tkt-api-a:/etc/nginx/nginx.conf`. */
  readonly resource: string;
  readonly stack: string | undefined;
  /** The file. */
  readonly source: string;
}

export const placeOfResource = ({ address, stack, source }: Resource): Place => ({ resource: address, stack, source });

export const placeOfManifest = ({ kind, name, namespace, release, source }: Manifest): Place => ({
  resource: namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`,
  stack: release,
  source,
});

/** A host, or one file of it. */
export const placeOfHost = ({ name, source, files }: Host, path?: string): Place => ({
  resource: path === undefined ? name : `${name}:${path}`,
  stack: undefined,
  source: (path === undefined ? undefined : files.get(path)?.source) ?? source,
});
