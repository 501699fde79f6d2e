import type { Estate, Host, ResolvedService } from "../../services/resolve.ts";
import type { Hosts } from "../../services/schema/component.ts";
import type { HostedStore } from "../../services/schema/store.ts";

/** What a variable of the inventory may be. Secrets stand in it as markers (`markers.ts`), never as values. */
export type Variable =
  | string
  | number
  | boolean
  | readonly Variable[]
  | { readonly [name: string]: Variable | undefined };

/** Variables by name; undefined ones are left out. */
export type Variables = Readonly<Record<string, Variable | undefined>>;

/** A component or store of a service in an environment, with its hosts in the order of zones. */
export interface GroupPlace {
  readonly estate: Estate;
  readonly resolved: ResolvedService;
  readonly group: Hosts | HostedStore;
  readonly hosts: readonly Host[];
}

/** One of its hosts. */
export interface HostPlace extends GroupPlace {
  readonly host: Host;
}

/**
 * What an Ansible role is told: on which hosts it runs, and with which variables. Pure; throws with the path in the
 * catalogue for what it cannot do.
 */
export interface HostRole {
  /** Folder in `ansible/roles/`, group in the inventory, prefix of the variables: `redis_sentinel`. */
  readonly name: string;
  /** Variables that all hosts of the group share; undefined: the role is not for this group. */
  groupVars(place: GroupPlace): Variables | undefined;
  /** Variables in which its hosts differ. */
  hostVars?(place: HostPlace): Variables;
  /** Commands, each without a shell, that make running programs take a renewed certificate. */
  reloads?(place: GroupPlace): readonly string[];
  /** Commands, each without a shell, that hand over what a host leads before it stops; they do nothing where it leads nothing. */
  handOver?(place: GroupPlace): readonly string[];
  /** Commands, each without a shell, that succeed once a host does its work again after a start. */
  ready?(place: GroupPlace): readonly string[];
}
