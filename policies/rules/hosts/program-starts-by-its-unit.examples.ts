import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile } from "../../engine/mutation.ts";

const files = (text: string, ...paths: readonly string[]) => ({
  web: Object.fromEntries(paths.map((path) => [path, text])),
});

export const examples: Examples = {
  good: [
    {
      title: "units, settings of packages, and programs that units start",
      hosts: {
        web: {
          "/etc/systemd/system/app.timer": "[Timer]\nOnCalendar=daily\n",
          "/etc/apt/apt.conf.d/60platform": 'APT::Periodic::Unattended-Upgrade "1";\n',
          "/usr/local/lib/app/tmpfiles.conf": "d /run/app 0750 app app -\n",
          "/etc/logrotate.d/app": "/var/log/app.log { weekly }\n",
        },
      },
    },
  ],
  bad: [
    {
      title: "cron, a script of the start and one of logins",
      hosts: files("", "/etc/cron.d/app", "/var/spool/cron/crontabs/root", "/etc/rc.local", "/etc/profile.d/x.sh"),
      finds: [
        ...["web:/etc/cron.d/app path", "web:/var/spool/cron/crontabs/root path"],
        ...["web:/etc/rc.local path", "web:/etc/profile.d/x.sh path"],
      ],
    },
    {
      title: "rights and accounts",
      hosts: files("", "/etc/sudoers.d/app", "/etc/pam.d/su", "/etc/passwd", "/etc/polkit-1/rules.d/x.rules"),
      finds: [
        ...["web:/etc/sudoers.d/app path", "web:/etc/pam.d/su path", "web:/etc/passwd path"],
        "web:/etc/polkit-1/rules.d/x.rules path",
      ],
    },
    {
      title: "what every program loads, and whom all believe",
      hosts: files("", "/etc/ld.so.preload", "/usr/local/share/ca-certificates/x.crt", "/etc/hosts"),
      finds: ["web:/etc/ld.so.preload path", "web:/usr/local/share/ca-certificates/x.crt path", "web:/etc/hosts path"],
    },
    {
      title: "a hook of packages",
      hosts: files('DPkg::Post-Invoke {"/bin/x";};\n', "/etc/apt/apt.conf.d/99x"),
      finds: ["web:/etc/apt/apt.conf.d/99x path"],
    },
    {
      title: "what systemd runs beside units",
      hosts: files("", "/etc/systemd/system-generators/x", "/etc/udev/rules.d/x.rules"),
      finds: ["web:/etc/systemd/system-generators/x path", "web:/etc/udev/rules.d/x.rules path"],
    },
  ],
  unknown: [],
};

const becomes = (title: string, path: string, text: string): Mutation =>
  onFile(/policy-rc\.d$/, title, (file) => ({ ...file, path, text }));

export const mutations: readonly Mutation[] = [
  becomes("run a line by cron", "/etc/cron.d/x", "* * * * * root /bin/x\n"),
  becomes("let an account be root", "/etc/sudoers.d/x", "app ALL=(ALL) NOPASSWD: ALL\n"),
  becomes("load something into every program", "/etc/ld.so.preload", "/opt/x.so\n"),
  becomes("add an account with the rights of root", "/etc/passwd", "eve:x:0:0::/:/bin/sh\n"),
  becomes("give a name to another address", "/etc/hosts", "198.51.100.7 main.example.org\n"),
  inFile(/apt\.conf\.d\/60/, "run something at each update", /$/, 'APT::Update::Pre-Invoke {"/bin/x";};\n'),
];
