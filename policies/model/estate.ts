import { manifestsInTerraform } from "./cluster/terraform-manifests.ts";
import type { Declaration } from "./declaration.ts";
import type { JsonObject } from "./json.ts";
import { Memory } from "./memory.ts";
import type { Difference } from "./terraform/difference.ts";
import type { Document } from "./terraform/document.ts";
import { Graph } from "./terraform/graph.ts";
import { existing } from "./terraform/repetition.ts";

/** One object of a rendered release. */
export interface Manifest {
  readonly release: string;
  readonly source: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string;
  /** Nothing for objects of the cluster. */
  readonly namespace: string | undefined;
  readonly body: JsonObject;
  /** Whether a resource of Terraform holds it. */
  readonly inTerraform?: true;
}

/** A file that a host will have. */
export interface HostFile {
  /** On the host: `/etc/nginx/nginx.conf`. */
  readonly path: string;
  readonly text: string;
  /** Owner, group and mode where they are known: `root`, `root`, `0640`. */
  readonly owner?: string;
  readonly group?: string;
  readonly mode?: string;
  /** The file that it was read from. */
  readonly source: string;
}

/** A host and all that is rendered for it. */
export interface Host {
  /** `prd-tkt-api-a`. */
  readonly name: string;
  readonly files: ReadonlyMap<string, HostFile>;
  /** Where its files lie. */
  readonly source: string;
}

/** A plan that is no longer of what is to be applied. */
export interface StalePlan {
  readonly stack: string;
  readonly source: string;
  /** States that have changed since it was made, or why that is not known. */
  readonly changed: readonly string[];
  /** Where it says another thing than the configuration beside it. Absent: nowhere, or nobody has compared them. */
  readonly differs?: readonly Difference[];
}

/** An environment that its index and its outputs do not both know. */
export interface OddEnvironment {
  /** The index. */
  readonly source: string;
  /** How many resources it declares; nothing where it does not know the environment. */
  readonly declared: number | undefined;
}

/** What an estate is made of. */
export interface Outputs {
  readonly environment?: string | undefined;
  readonly declaration?: Declaration | undefined;
  /** Set where its index does not declare it, or does and nothing of it is there. */
  readonly odd?: OddEnvironment | undefined;
  readonly documents?: readonly Document[];
  /** Texts that stand in plans for outputs of other states. */
  readonly stubs?: ReadonlyMap<string, { readonly stack: string; readonly from: string }>;
  readonly stalePlans?: readonly StalePlan[];
  readonly manifests?: readonly Manifest[];
  readonly hosts?: readonly Host[];
  /** Of estates that are read together. Absent: one of its own. */
  readonly memory?: Memory;
}

/**
 * A kind of subject that rules judge, such as all buckets: its name, and how an estate's outputs are read as it. It is
 * the neutral side of the model; what stands behind it knows Terraform, Kubernetes or hosts.
 */
export interface Kind<Subject> {
  readonly name: string;
  readonly read: (estate: Estate) => readonly Subject[];
}

export const kind = <Subject>(name: string, read: (estate: Estate) => readonly Subject[]): Kind<Subject> => ({
  name,
  read,
});

/** All outputs of one environment, or whatever was given without one. */
export class Estate {
  readonly environment: string | undefined;
  readonly declaration: Declaration | undefined;
  readonly odd: OddEnvironment | undefined;
  readonly terraform: Graph;
  readonly stalePlans: readonly StalePlan[];
  /** Of releases, and of resources of Terraform that hold some. */
  readonly manifests: readonly Manifest[];
  readonly hosts: readonly Host[];
  /** What was worked out of texts alone: it holds in every estate where they stand again. */
  readonly memory: Memory;
  readonly #own = new Memory();

  constructor(outputs: Outputs) {
    this.environment = outputs.environment;
    this.declaration = outputs.declaration;
    this.odd = outputs.odd;
    const stubs = outputs.stubs ?? new Map();
    this.terraform = new Graph(existing(outputs.documents ?? [], stubs), stubs);
    this.stalePlans = outputs.stalePlans ?? [];
    const rendered = (outputs.manifests ?? []).filter(({ inTerraform }) => inTerraform === undefined);
    this.manifests = [...rendered, ...manifestsInTerraform(this.terraform.documents)];
    this.hosts = outputs.hosts ?? [];
    this.memory = outputs.memory ?? new Memory();
  }

  /** Whether it is all of an environment. Of one file nobody can say that something is not there: another may hold it. */
  get isWhole(): boolean {
    return this.environment !== undefined;
  }

  /** The subjects of a kind, read once. */
  of<Subject>(asked: Kind<Subject>): readonly Subject[] {
    return this.once(asked, () => asked.read(this));
  }

  /** Something worked out of this estate, once: by the key that stands for it. */
  once<Result>(key: object, work: () => Result): Result {
    return this.#own.once(key, work);
  }
}
