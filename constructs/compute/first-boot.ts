import type { AgentPackage } from "../identity/ssm-agent.ts";

/**
 * User data that makes the host install and start the SSM agent, and nothing else: everything after that is
 * configuration management's work and can change without a new host.
 *
 * The installation is a unit of systemd that is tried every half minute until it succeeds, over restarts too: without
 * the agent nobody reaches the host, and routes, firewall rules or the package itself may come hours after it. Where the
 * agent is enabled it does nothing, so it never undoes an upgrade.
 *
 * Needs of the image: cloud-init, awscli, dpkg, systemd; and for whoever comes by the agent, before a role can install
 * anything, curl, sudo and python3. Each that is missing is named in the journal and on the console, at every start. The
 * package is installed only when its digest is the given one. No brace follows a dollar sign: Terraform would read it as
 * its own.
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
region="$(cloud-init query region)"
cat > /usr/local/sbin/install-ssm-agent <<'SCRIPT'
#!/bin/bash
set -euo pipefail
for program in curl sudo python3; do
  command -v "$program" > /dev/null || echo "$program: must be in the image, or no role reaches the host" >&2
done
if systemctl is-enabled --quiet amazon-ssm-agent; then exit 0; fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
aws s3 cp --only-show-errors 's3://${bucket}/${key}' "$work/agent.deb"
echo '${sha256}  '"$work/agent.deb" | sha256sum --check --strict
dpkg --install "$work/agent.deb"
systemctl enable --now amazon-ssm-agent
SCRIPT
chmod 0755 /usr/local/sbin/install-ssm-agent
cat > /etc/systemd/system/install-ssm-agent.service <<UNIT
[Unit]
Description=Install the SSM agent
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
Type=oneshot
Environment=AWS_DEFAULT_REGION=$region
ExecStart=/usr/local/sbin/install-ssm-agent
StandardError=journal+console
TimeoutStartSec=5min
Restart=on-failure
RestartSec=30

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable install-ssm-agent.service
systemctl start --no-block install-ssm-agent.service
`;
}
