import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster/index.js";
import { Construct } from "constructs";
import { isProtected, type OptOut } from "../acceptance.ts";
import type { LogGroup } from "../audit/log-group.ts";
import type { ServiceRole } from "../identity/service-role.ts";
import { addressRange, contains, overlaps } from "../network/address.ts";

/** What EKS writes of the control plane. */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** Ranges from which EKS takes addresses of Services. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

export interface ClusterProps {
  readonly name: string;
  /** Minor version, `1.36`. */
  readonly version: string;
  readonly vpcCidr: string;
  /** Addresses of Services, /12 to /24, in a private range and outside the VPC. */
  readonly serviceRange: string;
  /** Where the control plane's interfaces and the nodes of add-ons stand: two zones at least. */
  readonly subnetIds: readonly string[];
  readonly role: ServiceRole;
  readonly nodeRole: ServiceRole;
  /** Wraps Kubernetes secrets. */
  readonly secretsKeyArn: string;
  /** Named `/aws/eks/<name>/cluster`: EKS writes to no other. */
  readonly logGroup: LogGroup;
  /** Default: protected; neither Terraform nor the API deletes the cluster. */
  readonly deletionProtection?: OptOut;
}

/**
 * An EKS cluster in Auto Mode: AWS keeps control plane, nodes, networking, DNS and Pod Identity.
 *
 * Refuses: an endpoint on the internet, access by anything but access entries (its creator has none by itself), Service
 * addresses that lie in the VPC, a log group of another name. Defaults to: secrets under our key, every control-plane log,
 * zonal shift. Of the two node pools that AWS brings it has `system` alone, for add-ons: pods of services get pools of
 * their own. An old version is upgraded by AWS when its standard support ends, instead of costing six times as much.
 */
export class Cluster extends Construct {
  /** Known once the cluster is there. */
  readonly name: string;
  readonly endpoint: string;
  /** PEM text in base64. */
  readonly certificateAuthority: string;
  /** The group that EKS makes for control plane and nodes of add-ons; its members reach each other on every port. */
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const logGroup = `/aws/eks/${props.name}/cluster`;
    if (props.logGroup.name !== logGroup) {
      throw new Error(`${this.node.path}: the log group must be "${logGroup}", got "${props.logGroup.name}"`);
    }
    if (props.subnetIds.length < 2) {
      throw new Error(`${this.node.path}: must have subnets in two zones at least, got ${props.subnetIds.length}`);
    }
    const cluster = new EksCluster(this, "cluster", {
      name: props.name,
      version: props.version,
      roleArn: props.role.arn,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      computeConfig: { enabled: true, nodePools: ["system"], nodeRoleArn: props.nodeRole.arn },
      storageConfig: { blockStorage: { enabled: true } },
      kubernetesNetworkConfig: {
        ipFamily: "ipv4",
        serviceIpv4Cidr: serviceRange(this.node.path, props),
        elasticLoadBalancing: { enabled: true },
      },
      vpcConfig: { subnetIds: [...props.subnetIds], endpointPrivateAccess: true, endpointPublicAccess: false },
      encryptionConfig: { resources: ["secrets"], provider: { keyArn: props.secretsKeyArn } },
      enabledClusterLogTypes: logTypes,
      upgradePolicy: { supportType: "STANDARD" },
      zonalShiftConfig: { enabled: true },
      deletionProtection: isProtected(`${this.node.path}/deletionProtection`, props.deletionProtection),
      lifecycle: { preventDestroy: props.deletionProtection === undefined },
      tags: { Name: props.name },
      // EKS makes a log group that is not there; without its rights the cluster could not even be deleted.
      dependsOn: [props.logGroup.ready, ...props.role.permissions, ...props.nodeRole.permissions],
    });
    this.name = cluster.name;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.securityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
  }
}

function serviceRange(path: string, { vpcCidr, serviceRange: given }: ClusterProps): string {
  const range = addressRange(given);
  const length = Number(given.split("/")[1]);
  const inside = privateRanges.some((each) => contains(addressRange(each), range));
  if (!inside || length < 12 || length > 24 || overlaps(range, addressRange(vpcCidr))) {
    throw new Error(
      `${path}: serviceRange must be a /12 to /24 of ${privateRanges.join(", ")} outside the VPC ${vpcCidr}, got ${given}`,
    );
  }
  return given;
}
