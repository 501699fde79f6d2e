import { groupDomain, packageBucketName, transferBucketName } from "../../services/names.ts";
import type { Estate } from "../../services/resolve.ts";
import type { Environment } from "../../services/schema/environment.ts";
import type { GroupPlace, HostPlace, Variables } from "./role.ts";

/** Facts of the environment that every role may use, and how Ansible reaches hosts: by Session Manager, never by SSH (NOD-5.1). */
export const environmentVars = (environment: Environment): Variables => ({
  ansible_connection: "amazon.aws.aws_ssm",
  ansible_aws_ssm_bucket_name: transferBucketName(environment),
  ansible_aws_ssm_region: environment.region,
  // As long as a session without input lasts; what may take longer is polled (`async`). A command that was cut off is not run
  // again beside itself: whoever started the run decides that.
  ansible_aws_ssm_timeout: 900,
  ansible_aws_ssm_retries: 0,
  ansible_python_interpreter: "/usr/bin/python3",
  platform_environment: environment.name,
  platform_account: environment.account,
  platform_region: environment.region,
  platform_copy_region: environment.copyRegion,
  platform_network: environment.cidr,
  platform_private_domain: environment.domain.private,
  platform_public_domain: environment.domain.public,
  platform_package_bucket: packageBucketName(environment),
  // True where a container stands for a host: no audit subsystem, clock, EFS, block volumes or `vm.*` of its own.
  platform_simulated: false,
  // What handlers still owe a host after a run that ended before them: a folder for each role.
  platform_owed: "/var/lib/platform/owed",
  platform_managed: "Written by Ansible from the catalogue. Changes made on the host are lost.",
  platform_output: "{{ playbook_dir }}/../../out",
});

/** Secrets that a group reads, by name and never by value: what a rotation must know of them. */
const secrets = ({ resolved, group }: GroupPlace): readonly Variables[] =>
  resolved.secrets
    .filter(({ consumers }) => consumers.includes(`${resolved.service.name}/${group.name}`))
    .map(({ name, fullName, rotation }) => {
      const declared = resolved.service.secrets.find((each) => each.name === name)?.rotation;
      return {
        name,
        full_name: fullName,
        rotation,
        overlap_seconds: declared?.by === "platform" ? declared.overlap : 0,
      };
    });

/** What a component or store is. */
export const groupVars = (place: GroupPlace): Variables => ({
  platform_service: place.resolved.service.name,
  platform_group: place.group.name,
  platform_group_domain: groupDomain(place.resolved.environment, place.resolved.service, place.group),
  platform_secrets: secrets(place),
});

/** What one host is. */
export const hostVars = ({ host }: HostPlace): Variables => ({
  platform_host: host.name,
  platform_address: host.address,
  platform_domain: host.domain,
  platform_zone: host.zone.letter,
});

/** The inventory that finds instances by Name tag, where Ansible meets AWS. */
export const instances = ({ environment }: Estate): unknown => ({
  plugin: "amazon.aws.aws_ec2",
  regions: [environment.region],
  filters: { "instance-state-name": "running", "tag:environment": environment.name },
  hostnames: ["tag:Name"],
  strict: true,
  compose: { ansible_aws_ssm_instance_id: "instance_id" },
});
