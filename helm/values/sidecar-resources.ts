import { mib, millicores } from "../../services/schema/units.ts";

/** What the TLS sidecar of a pod takes, and each small program beside a main container. */
export const SIDECAR = { cpu: millicores(50), memory: mib(64) } as const;

/** Where it writes: temporary files of NGINX. */
export const SIDECAR_SCRATCH = mib(64);
