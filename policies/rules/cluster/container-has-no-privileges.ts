import { demand, type Objection, objection, rule } from "../../engine/rule.ts";
import type { Container } from "../../model/cluster/container.ts";
import { pods } from "../../model/cluster/pods.ts";

const CONFINED = ["RuntimeDefault", "Localhost"];
/** What named a profile before the field did, and still does where the field is absent. */
const APPARMOR = "container.apparmor.security.beta.kubernetes.io/";
/** Types of SELinux that Pod Security lets be asked for (Kubernetes documentation, Pod Security Standards, 2026-11). */
const SELINUX = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

/** Pod Security "restricted", and nothing added where that would let NET_BIND_SERVICE be. */
export const containerHasNoPrivileges = rule({
  id: "K8S-001",
  slug: "container-has-no-privileges",
  severity: "critical",
  title: "No container has, or can get, a privilege",
  why: "One flaw in an application is then enough to leave the container: the node, and every pod on it, is lost with it.",
  fix: "In each securityContext: allowPrivilegeEscalation false, capabilities drop [ALL] and add nothing, seccompProfile RuntimeDefault; never privileged, never procMount.",
  appliesTo: pods,
  requirements: ["CIS 5.2.2", "CIS 5.2.6", "CIS 5.2.8", "CIS 5.2.9", "CIS 5.7.2"],
  check: ({ containers, annotations }) => [
    ...containers.flatMap(privilegesOf),
    ...[...annotations]
      .filter(([name]) => name.startsWith(APPARMOR))
      .flatMap(([name, value]) =>
        demand(`metadata.annotations.${name}`, value, "runtime/default, or a profile of the node", (it) =>
          /^(runtime\/default|localhost\/.+)$/.test(it),
        ),
      ),
  ],
});

function privilegesOf({ path, security }: Container): readonly Objection[] {
  const at = (field: string): string => `${path}.securityContext.${field}`;
  const isFalse = (value: boolean): boolean => !value;
  const type = security.selinux.text("type") ?? "";
  return [
    ...demand(at("privileged"), security.privileged, "false", isFalse),
    ...demand(at("allowPrivilegeEscalation"), security.escalates, "false", isFalse),
    ...(security.dropped.includes("ALL")
      ? []
      : [objection(at("capabilities.drop"), security.dropped, "ALL, which the container does not need")]),
    ...(security.added.length === 0 ? [] : [objection(at("capabilities.add"), security.added, "nothing")]),
    ...demand(
      at("seccompProfile.type"),
      security.seccomp ?? "none: Unconfined",
      "RuntimeDefault or Localhost",
      (each) => CONFINED.includes(each),
    ),
    ...demand(at("procMount"), security.procMount, "Default", (each) => each === "Default"),
    ...demand(
      at("appArmorProfile.type"),
      security.appArmor ?? "RuntimeDefault",
      "RuntimeDefault or Localhost",
      (each) => CONFINED.includes(each),
    ),
    ...demand(at("seLinuxOptions.type"), type, "a type of containers", (each) => SELINUX.includes(each)),
    ...demand(at("windowsOptions.hostProcess"), security.hostProcess, "false", isFalse),
  ];
}
