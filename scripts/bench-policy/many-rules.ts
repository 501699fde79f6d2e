import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Hosts, groups of hosts, and rules of each group: 5,000 interfaces with 600,000 rules in all. */
const HOSTS = 5_000;
const GROUPS = 100;
const RULES = 6_000;

const hosts = Array.from({ length: HOSTS }, (_, number) => {
  const group = number % GROUPS;
  // Each group has a range of its own; every second address of it.
  const value = 0x1_00_00 + group * 1_024 + Math.floor(number / GROUPS) * 2;
  return { name: `h${number}`, group, address: `10.${value >> 16}.${(value >> 8) & 255}.${value & 255}` };
});
const addresses = Array.from({ length: GROUPS }, (_, group) =>
  hosts.filter((host) => host.group === group).map(({ address }) => address),
);

/** How many neighbours each group reaches, a port for each: so many that the rules come to their number. */
const NEIGHBOURS = RULES / 2 / (HOSTS / GROUPS);
const portOf = (distance: number): number => 1_024 + distance;
const distances = Array.from({ length: NEIGHBOURS }, (_, at) => at + 1);

/** Rules of one direction, an address each: `towards` 1 are groups further on, which this one may call. */
const rulesOf = (group: number, towards: 1 | -1) =>
  distances.flatMap((distance) =>
    (addresses[(group + towards * distance + GROUPS) % GROUPS] ?? []).map((address) => ({
      from_port: portOf(distance),
      to_port: portOf(distance),
      protocol: "tcp",
      description: "a neighbour",
      cidr_blocks: [`${address}/32`],
    })),
  );

const flows = addresses.flatMap((_, group) =>
  distances.map((distance) => {
    const to = (group + distance) % GROUPS;
    return {
      ...{ id: `many/c${group}->c${to}`, from: `many/c${group}`, to: `many/c${to}`, protocol: "tcp", transport: "tls" },
      ...{ why: "a neighbour", origin: "service", ports: [portOf(distance)] },
    };
  }),
);

const components = addresses.map((_, group) => ({
  ...{ name: `c${group}`, kind: "hosts", why: "a group of hosts", ports: [] },
  hosts: hosts
    .filter((host) => host.group === group)
    .map(({ name, address }) => ({
      name,
      address,
      ...{ zone: "a", subnet: "all", domain: `${name}.example.org`, machine: "any" },
    })),
}));

const network = {
  aws_vpc: { all: { cidr_block: "10.0.0.0/8" } },
  aws_subnet: { all: { vpc_id: "${aws_vpc.all.id}", cidr_block: "10.0.0.0/8" } },
  aws_instance: Object.fromEntries(
    hosts.map(({ name, group, address }) => [
      name,
      {
        private_ip: address,
        subnet_id: "${aws_subnet.all.id}",
        vpc_security_group_ids: [`\${aws_security_group.g${group}.id}`],
        associate_public_ip_address: false,
      },
    ]),
  ),
};

/** What the catalogue of that many rules would declare. */
export function indexOfMany() {
  const service = {
    name: "many",
    components,
    flows,
    ...{ stores: [], entrypoints: [], egress: [], secrets: [], backups: [] },
  };
  const environment = {
    ...{ name: "many", account: "111111111111", region: "eu-central-1", copyRegion: "eu-west-1", cidr: "10.0.0.0/8" },
    ...{ domain: { public: "example.org", private: "internal.example.org" }, ranges: { clients: [], admins: [] } },
    ...{ zones: [], subnets: [], stacks: [], flows: [], services: [service] },
  };
  return { environments: [environment], services: [], weakerChoices: [] };
}

/** Writes the outputs of one environment with that many rules, every one of them of a declared flow; returns the folder. */
export function manyRules(folder: string): string {
  const state = join(folder, "terraform/many/many");
  mkdirSync(state, { recursive: true });
  const groups = addresses.map((_, group) => [
    `g${group}`,
    { vpc_id: "${aws_vpc.all.id}", ingress: rulesOf(group, -1), egress: rulesOf(group, 1) },
  ]);
  const resource = { ...network, aws_security_group: Object.fromEntries(groups) };
  writeFileSync(join(state, "cdk.tf.json"), JSON.stringify({ resource }));
  writeFileSync(join(folder, "index.json"), JSON.stringify(indexOfMany()));
  return folder;
}
