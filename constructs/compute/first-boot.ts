import type { AgentPackage } from "../identity/ssm-agent.ts";

/**
 * User data that installs and starts the SSM agent, and nothing else: everything after that is configuration
 * management's work and can change without a new host.
 *
 * Needs what Debian's EC2 image has: cloud-init, awscli, dpkg, systemd. The package is installed only when its digest
 * is the given one. It is asked for during ten minutes, because routes and firewall rules of the same apply may come
 * later than the host. No brace follows a dollar sign: Terraform would read it as its own.
 */
export function firstBoot({ bucket, key, sha256 }: AgentPackage): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new Error(`agent.sha256: must be 64 lower-case hexadecimal digits, got "${sha256}"`);
  }
  if (!/^[A-Za-z0-9._/+~-]+\.deb$/.test(key)) {
    throw new Error(`agent.key: must be the key of a .deb package, got "${key}"`);
  }
  return `#!/bin/bash
set -euo pipefail
export AWS_DEFAULT_REGION="$(cloud-init query region)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
for attempt in $(seq 60); do
  aws s3 cp --only-show-errors 's3://${bucket}/${key}' "$work/agent.deb" && break
  echo "attempt $attempt: no agent package yet" >&2
  sleep 10
done
echo '${sha256}  '"$work/agent.deb" | sha256sum --check --strict
dpkg --install "$work/agent.deb"
systemctl enable --now amazon-ssm-agent
`;
}
