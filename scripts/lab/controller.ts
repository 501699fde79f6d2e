import type { Lab } from "./hosts.ts";
import { inside } from "./namespace.ts";
import { project } from "./state.ts";

/** Environment of the controller: the project's own Python and Ansible, and an AWS that is the lab's. */
const environmentOf = ({ state, plan }: Lab): Readonly<Record<string, string>> => {
  const { region } = plan.estate.environment;
  const authority = state.at("cloud/ca.crt");
  return {
    PATH: `${project}/.venv/bin:${process.env["PATH"]}`,
    LAB_CGROUP: state.cgroup,
    ANSIBLE_STRATEGY: "platform.hosts.lab",
    ANSIBLE_CONFIG: `${project}/ansible/ansible.cfg`,
    ANSIBLE_HOME: state.at("ansible"),
    // What runs print stays on record.
    ANSIBLE_LOG_PATH: state.at("log/ansible.log"),
    AWS_ACCESS_KEY_ID: "lab",
    AWS_SECRET_ACCESS_KEY: "lab",
    AWS_DEFAULT_REGION: region,
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CA_BUNDLE: authority,
    REQUESTS_CA_BUNDLE: authority,
    SSL_CERT_FILE: authority,
    CURL_CA_BUNDLE: authority,
  };
};

/** Arguments of `nsenter` for a command beside the hosts. */
export const besideHosts = (lab: Lab, command: readonly string[]): readonly string[] => [
  ...inside(lab.pid),
  "env",
  ...Object.entries(environmentOf(lab)).map(([name, value]) => `${name}=${value}`),
  ...command,
];
