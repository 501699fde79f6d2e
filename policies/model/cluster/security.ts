import type { Value } from "../value.ts";
import type { Fields } from "./fields.ts";

/**
 * What a container may do, as Kubernetes works it out: what the container says wins over what its pod says; some is said
 * by containers only. Defaults as documented (Kubernetes API reference, SecurityContext and PodSecurityContext).
 */
export interface Security {
  readonly privileged: Value<boolean>;
  readonly escalates: Value<boolean>;
  readonly readOnlyRoot: Value<boolean>;
  readonly nonRoot: Value<boolean>;
  /** Absent: the user that the image names, or root. */
  readonly user: Value<number> | undefined;
  readonly group: Value<number> | undefined;
  readonly dropped: readonly string[];
  readonly added: readonly string[];
  readonly procMount: Value<string>;
  /** Absent: none, that is Unconfined, unless the node has another default. */
  readonly seccomp: Value<string> | undefined;
  readonly appArmor: Value<string> | undefined;
  readonly selinux: Fields;
  /** Windows: runs as a process of the node. */
  readonly hostProcess: Value<boolean>;
}

export function securityOf(container: Fields, pod: Fields): Security {
  const own = container.in("securityContext");
  const shared = pod.in("securityContext");
  const merged = <Type>(read: (fields: Fields) => Type | undefined): Type | undefined => read(own) ?? read(shared);
  const privileged = own.flag("privileged") ?? false;
  const added = own.in("capabilities").texts("add").map(capability);
  const escalates = own.flag("allowPrivilegeEscalation") ?? true;
  return {
    privileged,
    // Always so for who is privileged or may administrate the system.
    escalates: privileged === true || added.some((each) => each === "SYS_ADMIN" || each === "ALL") ? true : escalates,
    readOnlyRoot: own.flag("readOnlyRootFilesystem") ?? false,
    nonRoot: merged((fields) => fields.flag("runAsNonRoot")) ?? false,
    user: merged((fields) => fields.number("runAsUser")),
    group: merged((fields) => fields.number("runAsGroup")),
    dropped: own.in("capabilities").texts("drop").map(capability),
    added,
    procMount: own.text("procMount") ?? "Default",
    seccomp: merged((fields) => fields.in("seccompProfile").text("type")),
    appArmor: merged((fields) => fields.in("appArmorProfile").text("type")),
    selinux: own.has("seLinuxOptions") ? own.in("seLinuxOptions") : shared.in("seLinuxOptions"),
    hostProcess: merged((fields) => fields.in("windowsOptions").flag("hostProcess")) ?? false,
  };
}

/** `CAP_NET_RAW`, `net_raw`: runtimes take each for NET_RAW. */
const capability = (name: string): string => name.toUpperCase().replace(/^CAP_/, "");
