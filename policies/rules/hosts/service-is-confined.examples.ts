import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile } from "../../engine/mutation.ts";

const FOLDER = "/etc/systemd/system";
const flags = [
  ...["NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "ProtectKernelModules", "ProtectKernelLogs"],
  ...["ProtectControlGroups", "RestrictNamespaces", "RestrictSUIDSGID", "LockPersonality"],
];
const confined = [
  "[Service]",
  "# Comments and a long line count for nothing.",
  "ExecStart=/usr/bin/app \\\n  --serve",
  "User=app",
  ...flags.map((flag) => `${flag}=yes`),
  ...["ProtectSystem=strict", "CapabilityBoundingSet=", "RestrictAddressFamilies=AF_INET AF_UNIX"],
  ...["SystemCallArchitectures=native", "SystemCallFilter=@system-service", "SystemCallFilter=~@privileged"],
].join("\n");
const host = (files: Readonly<Record<string, string>>) => ({
  web: Object.fromEntries(Object.entries(files).map(([name, text]) => [`${FOLDER}/${name}`, text])),
});
const at = `web:${FOLDER}/app.service`;

export const examples: Examples = {
  good: [
    { title: "a service with all of them", hosts: host({ "app.service": confined }) },
    {
      title: "a job of root with few capabilities, a firewall before all else",
      hosts: host({
        "job.service": `${confined}\nType=oneshot\nUser=root\nCapabilityBoundingSet=CAP_CHOWN CAP_KILL\nSystemCallFilter=`,
        "nftables.service":
          "[Unit]\nDefaultDependencies=no\n[Service]\nType=oneshot\nNoNewPrivileges=1\nProtectHome=true\nCapabilityBoundingSet=CAP_NET_ADMIN\nRestrictAddressFamilies=AF_NETLINK",
      }),
    },
    {
      title: "an account that binds low ports and reads keys",
      hosts: host({
        "app.service": `${confined}\nAmbientCapabilities=CAP_NET_BIND_SERVICE\nGroup=app\nSupplementaryGroups=tls-keys adm`,
      }),
    },
    {
      title: "a drop-in that says all of it for a package's unit",
      hosts: host({ "app.service.d/10-confined.conf": confined }),
    },
    {
      title: "what counts less than a file of the same name",
      hosts: {
        web: {
          [`${FOLDER}/app.service`]: confined,
          "/usr/lib/systemd/system/app.service": "[Service]\nExecStart=/usr/bin/app\n",
          [`${FOLDER}/app.service.d/x.conf`]: "[Service]\nLimitCORE=0\n",
          "/usr/lib/systemd/system/app.service.d/x.conf": "[Service]\nNoNewPrivileges=no\n",
        },
      },
    },
  ],
  bad: [
    {
      title: "commands that are bound by nothing, of a shell and of a program of its own",
      hosts: host({
        "app.service": `${confined}\nExecStartPre=-+/bin/sh -c id`,
        "job.service": `${confined}\nExecStartPost=!/opt/app/x\nExecStartPre=+/usr/sbin/modprobe softdog`,
        "open.service": `${confined}\nExecStartPost=+/usr/sbin/nft flush ruleset`,
      }),
      finds: [`${at} Exec`, `web:${FOLDER}/job.service Exec`, `web:${FOLDER}/open.service Exec`],
    },
    {
      title: "a service that may change what packets pass",
      hosts: host({ "app.service": `${confined}\nCapabilityBoundingSet=CAP_NET_ADMIN` }),
      finds: [`${at} CapabilityBoundingSet`],
    },
    {
      title: "an account that reads and becomes everything, and commands of root before it",
      hosts: host({
        "app.service": `${confined}\nAmbientCapabilities=CAP_NET_BIND_SERVICE CAP_DAC_OVERRIDE\nSupplementaryGroups=tls-keys docker\nPermissionsStartOnly=true`,
        "job.service": `${confined}\nAmbientCapabilities=~CAP_KILL\nGroup=shadow`,
      }),
      finds: [
        ...[`${at} AmbientCapabilities`, `${at} Group`, `${at} PermissionsStartOnly`],
        ...["AmbientCapabilities", "Group"].map((name) => `web:${FOLDER}/job.service ${name}`),
      ],
    },
    {
      title: "a service of root",
      hosts: host({ "app.service": `${confined.replace("User=app\n", "")}\nCapabilityBoundingSet=CAP_SYS_ADMIN` }),
      finds: [`${at} CapabilityBoundingSet`, `${at} User`],
    },
    {
      title: "a drop-in, later by its name, that takes away",
      hosts: host({
        "app.service": confined,
        "app.service.d/90-loose.conf":
          "[Service]\nNoNewPrivileges=no\nSystemCallFilter=\nProtectSystem=full\nCapabilityBoundingSet=~CAP_KILL",
        "app.service.d/10-strict.conf": "[Service]\nNoNewPrivileges=yes",
      }),
      finds: [`${at} NoNewPrivileges`, `${at} ProtectSystem`, `${at} CapabilityBoundingSet`, `${at} SystemCallFilter`],
    },
    {
      title: "a drop-in for all services",
      hosts: host({ "app.service": confined, "service.d/loose.conf": "[Service]\nRestrictAddressFamilies=AF_PACKET" }),
      finds: [`${at} RestrictAddressFamilies`],
    },
    {
      title: "drop-ins in folders that few think of, and one for all whose names begin so",
      hosts: {
        web: {
          [`${FOLDER}/app.service`]: confined,
          "/etc/systemd/system.control/app.service.d/99.conf": "[Service]\nNoNewPrivileges=no\n",
          "/run/systemd/system.attached/app.service.d/99-x.conf": "[Service]\nPrivateTmp=no\n",
          "/usr/lib/systemd/system/app-web.service": confined,
          "/usr/local/lib/systemd/system/app-.service.d/x.conf": "[Service]\nProtectHome=no\n",
        },
      },
      finds: [
        ...[`${at} NoNewPrivileges`, `${at} PrivateTmp`, "web:/usr/lib/systemd/system/app-web.service ProtectHome"],
      ],
    },
    {
      title: "a unit in a folder that counts more than the one of administrators",
      hosts: {
        web: {
          [`${FOLDER}/app.service`]: confined,
          "/etc/systemd/system.control/app.service": confined.replace("NoNewPrivileges=yes", ""),
        },
      },
      finds: ["web:/etc/systemd/system.control/app.service NoNewPrivileges"],
    },
  ],
  unknown: [
    {
      title: "a drop-in leaves it to a package's unit",
      hosts: host({
        "app.service.d/a.conf": confined.replace("NoNewPrivileges=yes", "").replace("PrivateTmp=yes", ""),
      }),
      finds: [`${at}.d/a.conf NoNewPrivileges`, `${at}.d/a.conf PrivateTmp`],
    },
  ],
};

const SERVICE = /ticketing-api\.service$/;

export const mutations: readonly Mutation[] = [
  inFile(
    /ticketing-api\.service$/,
    "run a command that is bound by nothing",
    "[Service]",
    "[Service]\nExecStartPre=+/bin/sh -c id",
  ),
  onFile(
    /policy-rc\.d$/,
    "run it as root by a folder that few look at",
    (file) => ({
      ...file,
      path: "/etc/systemd/system.control/ticketing-api.service.d/99.conf",
      text: "[Service]\nUser=root\n",
    }),
    ({ files }) => files.has(`${FOLDER}/ticketing-api.service`),
  ),
  inFile(SERVICE, "run it as root", /^User=.*$/m, "User=root"),
  inFile(SERVICE, "let it gain privileges", "NoNewPrivileges=yes", "NoNewPrivileges=no"),
  inFile(SERVICE, "let it write everywhere", "ProtectSystem=strict", "ProtectSystem=no"),
  inFile(SERVICE, "give it all capabilities", /^CapabilityBoundingSet=.*$/m, ""),
  inFile(SERVICE, "give all but one", /^CapabilityBoundingSet=.*$/m, "CapabilityBoundingSet=~CAP_SYS_TIME"),
  inFile(SERVICE, "give it one too many", /^CapabilityBoundingSet=.*$/m, "CapabilityBoundingSet=CAP_SYS_PTRACE"),
  inFile(SERVICE, "let it read everything", /^AmbientCapabilities=.*$/m, "AmbientCapabilities=CAP_DAC_READ_SEARCH"),
  inFile(SERVICE, "let it start containers", /^SupplementaryGroups=.*$/m, "$& docker"),
  inFile(SERVICE, "start it by commands of root", "[Service]", "[Service]\nPermissionsStartOnly=yes"),
  inFile(SERVICE, "let it change the firewall", /^CapabilityBoundingSet=.*$/m, "CapabilityBoundingSet=CAP_NET_ADMIN"),
  inFile(SERVICE, "take its list of calls away at the end", /^LimitCORE=0$/m, "SystemCallFilter="),
  inFile(SERVICE, "let it read packets", "AF_UNIX", "AF_UNIX AF_PACKET"),
  inFile(
    /nginx\.service\.d/,
    "give NGINX the host",
    /^CapabilityBoundingSet=.*$/m,
    "CapabilityBoundingSet=CAP_SYS_ADMIN",
  ),
];
