/** How one stack's Terraform reads another: written apart from the code that makes it. */

/** One read of another stack's output, `network.outputs.subnetIds["data-a"]`. */
export interface RemoteRead {
  readonly stack: string;
  readonly output: string;
  /** Present where the output is a map. */
  readonly key?: string;
}

const READ = /data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)(?:\.([\w-]+)|\["([^"]+)"\])?/g;

/** Every text in parsed JSON, those inside objects and lists included. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Every read of another stack's state in parsed Terraform JSON, or in one expression of it. */
export const remoteReads = (json: unknown): readonly RemoteRead[] =>
  textsIn(json).flatMap((text) =>
    [...text.matchAll(READ)].map(([, stack = "", output = "", plain, quoted]): RemoteRead => {
      const key = plain ?? quoted;
      return { stack, output, ...(key === undefined ? {} : { key }) };
    }),
  );
