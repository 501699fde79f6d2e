import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation } from "../../engine/mutation.ts";

const base = {
  "/etc/chrony/chrony.conf": "# server ntp.example.org\nserver 169.254.169.123 prefer iburst\n",
  "/etc/resolv.conf": "nameserver 169.254.169.253\n",
  "/etc/apt/apt.conf.d/61upgrades":
    'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "7";\n',
  "/etc/systemd/journald.conf.d/60.conf": "[Journal]\nStorage=persistent\nSystemMaxUse=512M\n",
};

export const examples: Examples = {
  good: [{ title: "all of it", hosts: { web: base } }],
  bad: [
    {
      title: "strangers for time and names",
      hosts: {
        web: {
          ...base,
          "/etc/chrony/chrony.conf": "server 169.254.169.123\npool pool.ntp.org iburst",
          "/etc/resolv.conf": "nameserver 169.254.169.253\nnameserver 8.8.8.8",
        },
      },
      finds: ["web time servers", "web nameserver"],
    },
    {
      title: "a later file that stops updates, and nothing else",
      hosts: { web: { ...base, "/etc/apt/apt.conf.d/99off": 'APT::Periodic::Unattended-Upgrade "0";' } },
      finds: ["web APT::Periodic::Unattended-Upgrade"],
    },
    {
      title: "a journal of errors alone",
      hosts: { web: { ...base, "/etc/systemd/journald.conf.d/99.conf": "[Journal]\nMaxLevelStore=err\n" } },
      finds: ["web journald MaxLevelStore"],
    },
    {
      title: "nothing is said",
      hosts: { web: { "/etc/sysctl.conf": "" } },
      finds: [
        ...["web time servers", "web nameserver", "web APT::Periodic::Update-Package-Lists"],
        ...["web APT::Periodic::Unattended-Upgrade", "web journald Storage", "web journald SystemMaxUse"],
      ],
    },
  ],
  unknown: [],
};

export const mutations: readonly Mutation[] = [
  inFile(/chrony\.conf$/, "ask strangers for the time", /^server .*$/m, "pool pool.ntp.org iburst"),
  inFile(/resolv\.conf$/, "ask strangers for names", "169.254.169.253", "8.8.8.8"),
  inFile(/apt\.conf\.d\/61/, "update nothing", 'Unattended-Upgrade "1"', 'Unattended-Upgrade "0"'),
  inFile(/journald\.conf\.d\//, "forget the journal at a restart", "Storage=persistent", "Storage=volatile"),
  inFile(/journald\.conf\.d\//, "keep errors alone", "Storage=persistent", "Storage=persistent\nMaxLevelStore=err"),
  inFile(/journald\.conf\.d\//, "let the journal grow", /^SystemMaxUse=.*$/m, ""),
];
