import { gzipSync } from "node:zlib";
import type { Examples } from "../../engine/example.ts";
import { type Mutation, onResource } from "../../engine/mutation.ts";

const encoded = (text: string): string => Buffer.from(text).toString("base64");
const packed = (text: string): string => gzipSync(text).toString("base64");
const host = (...lines: readonly string[]) => ({
  aws_instance: { host: { user_data: `#!/bin/bash\n${lines.join("\n")}\n` } },
});
const at = ["aws_instance.host user_data"];

export const examples: Examples = {
  good: [
    {
      title: "commands that are sent to hosts, and a session's settings",
      resources: {
        aws_ssm_association: {
          hosts: { name: "AWS-RunShellScript", parameters: { commands: "systemctl start platform-updates" } },
        },
        aws_ssm_document: {
          sessions: {
            content: JSON.stringify({
              schemaVersion: "1.0",
              sessionType: "Port",
              inputs: { cloudWatchLogGroupName: "${aws_cloudwatch_log_group.sessions.name}" },
            }),
          },
        },
      },
    },
    {
      title: "a package of an own bucket, whose digest is checked",
      resources: host(
        "aws s3 cp s3://packages/agent.deb /tmp/agent.deb",
        "echo '0123  /tmp/agent.deb' | sha256sum --check --strict",
        "dpkg --install /tmp/agent.deb",
      ),
    },
    {
      title: "a program that was fetched in clear text, whose digest is checked",
      resources: host(
        "curl -sfo /tmp/agent http://mirror.example.org/agent",
        "sha256sum -c agent.sum",
        "chmod 0755 /tmp/agent",
      ),
    },
    {
      title: "questions to the metadata service, to the machine itself, and pages that are only read",
      resources: host(
        "TOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token)",
        "curl -sf http://localhost:8080/health | grep -q ok",
        "curl -sf https://example.org/ranges.json | jq .ranges > /etc/app/ranges.json",
        "curl -sf https://example.org/health | grep -q ok || bash /opt/mend",
        "curl -sf https://example.org/ranges.json | python3 -c 'import json; print(json.load(open(0)))'",
        'bash /opt/announce "$(curl -sf https://example.org/address)"',
        "# curl http://example.org/x | sh",
      ),
    },
    {
      title: "a script with the name of a bucket in it",
      resources: host("aws s3 sync s3://${aws_s3_bucket.packages.id}/site /srv/site"),
    },
  ],
  bad: [
    {
      title: "a page that a shell runs on every host, by an association, a window and a document of our own",
      resources: {
        aws_ssm_association: {
          hosts: { name: "AWS-RunShellScript", parameters: { commands: "curl -s https://example.org/x | sh" } },
        },
        aws_ssm_maintenance_window_task: {
          hosts: {
            task_arn: "AWS-RunShellScript",
            task_invocation_parameters: [
              {
                run_command_parameters: [
                  { parameter: [{ name: "commands", values: ["curl -s https://example.org/x | sh"] }] },
                ],
              },
            ],
          },
        },
        aws_ssm_document: {
          hosts: {
            content: JSON.stringify({
              schemaVersion: "2.2",
              mainSteps: [
                {
                  action: "aws:runShellScript",
                  inputs: { runCommand: ["cd /tmp", "curl -s https://example.org/x | sh"] },
                },
              ],
            }),
          },
        },
      },
      finds: [
        "aws_ssm_association.hosts parameters",
        "aws_ssm_document.hosts content",
        "aws_ssm_maintenance_window_task.hosts task_invocation_parameters",
      ],
    },
    {
      title: "a page that a shell runs",
      resources: host("curl -s https://example.org/x | sudo bash -s -- y"),
      finds: at,
    },
    {
      title: "pages that shells run, in other words",
      resources: host(
        "wget -qO- https://example.org/x | tee /tmp/log | sh",
        'sh -c "$(curl -fsSL https://example.org/install.sh)"',
        "bash <(curl -s https://example.org/x)",
        'curl -sfL https://example.org/k | MODE="a b" sh -',
        "curl -s https://example.org/x \\",
        "  | base64 -d |",
        "  python3 -",
      ),
      finds: [...at, ...at, ...at, ...at, ...at],
    },
    {
      title: "a page that a shell runs, in base64 and packed",
      resources: {
        aws_launch_template: { hosts: { user_data: encoded("#!/bin/sh\ncurl https://example.org/x | sh\n") } },
        aws_launch_configuration: {
          old: { user_data_base64: packed("#!/bin/sh\nwget -O- https://example.org/x|bash\n") },
        },
        aws_instance: {
          inner: {
            user_data: `#!/bin/sh\necho ${encoded("curl https://example.org/program | sh")} | base64 -d | sh\n`,
          },
        },
      },
      finds: [
        "aws_instance.inner user_data",
        "aws_launch_configuration.old user_data_base64",
        "aws_launch_template.hosts user_data",
      ],
    },
    {
      title: "a program that is fetched first and run then",
      resources: host("curl -fsSLo /tmp/install.sh https://example.org/install.sh", "bash /tmp/install.sh"),
      finds: at,
    },
    {
      title: "a package in clear text, from an address in a variable",
      resources: host("URL=http://mirror.example.org/agent.rpm", 'yum install -y "$URL"'),
      finds: at,
    },
    {
      title: "scripts of a page, which cloud-init fetches",
      resources: { aws_instance: { host: { user_data: "#include\nhttps://example.org/first-boot\n" } } },
      finds: at,
    },
    {
      title: "a page that PowerShell runs",
      resources: {
        aws_instance: { host: { user_data: "<powershell>\niex (iwr https://example.org/x)\n</powershell>" } },
      },
      finds: at,
    },
  ],
  unknown: [
    {
      title: "commands of a document that runs what lies elsewhere, of another account's document, and of a variable",
      resources: {
        aws_ssm_association: {
          remote: { name: "AWS-RunRemoteScript", parameters: { sourceType: "GitHub", commandLine: "bash run.sh" } },
          shared: { name: "arn:aws:ssm:eu-central-1:222222222222:document/Mend" },
          told: { name: "AWS-RunShellScript", parameters: { commands: "${var.commands}" } },
        },
      },
      finds: [
        "aws_ssm_association.remote parameters",
        "aws_ssm_association.shared parameters",
        "aws_ssm_association.told parameters",
      ],
    },
    {
      title: "a variable holds the script",
      resources: { aws_instance: { host: { user_data: "${var.script}" } } },
      finds: at,
    },
    {
      title: "a plan shows a digest in its place",
      resources: { aws_instance: { host: { user_data: "da39a3ee5e6b4b0d3255bfef95601890afd80709" } } },
      finds: at,
    },
  ],
};

const adds = (title: string, line: string, wrap?: (text: string) => string): Mutation =>
  onResource("aws_instance", title, ({ user_data: text, ...each }) =>
    wrap === undefined
      ? { ...each, user_data: `${text}${line}\n` }
      : { ...each, user_data_base64: wrap(`${text}${line}\n`) },
  );

export const mutations: readonly Mutation[] = [
  adds("run a page", "curl -s https://example.org/x | sh"),
  adds("run a page, packed", "wget -qO- https://example.org/x | bash", packed),
  adds("run a page by its output", 'eval "$(curl -s https://example.org/x)"', encoded),
  adds("fetch a program in clear text", "curl -so /usr/bin/x http://example.org/x; chmod +x /usr/bin/x"),
];
