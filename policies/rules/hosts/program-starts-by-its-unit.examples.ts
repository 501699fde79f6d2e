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
    {
      title: "programs of its own, logs that are opened anew, audit records for the journal, a filter by program",
      hosts: {
        web: {
          "/usr/local/sbin/app-member": "#!/usr/bin/env python3\n",
          "/etc/systemd/system/app.service": "[Service]\nExecStart=/usr/local/sbin/app-member\n",
          "/etc/logrotate.d/app":
            "/var/log/app.log {\n compresscmd /usr/bin/xz\n postrotate\n  # Anew.\n  [ -f /run/a.pid ] && kill -USR1 $(cat /run/a.pid) 2>/dev/null || true\n  if systemctl is-active -q app; then systemctl kill --signal=USR1 app.service; fi\n endscript\n}\n",
          "/etc/audit/plugins.d/syslog.conf": "active = yes\npath = /sbin/audisp-syslog\n",
          "/etc/needrestart/conf.d/x.conf": "$nrconf{restart} = 'a'; # no system()\n",
          ...{ "/etc/cloud/cloud-init.disabled": "", "/etc/cloud/cloud.cfg.d/x.cfg": "datasource_list: [Ec2]\n" },
          "/etc/apparmor.d/local/usr.sbin.app": "# /** rwx,\n/srv/data/** rwk,\n",
          "/etc/audit/plugins.d/off.conf": "active = no\npath = /opt/x\n",
          "/etc/syslog-ng/syslog-ng.conf":
            'filter f_x { program("sshd"); };\ndestination d_x { file("/var/log/x" template("program(x)")); };\n',
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
    {
      title: "a program before the one of the system, one in its place, and one that a unit calls as packaged",
      hosts: {
        web: {
          ...{ "/usr/local/sbin/nft": "#!/bin/sh\nexit 0\n", "/usr/bin/python3": "", "/usr/local/bin/app": "" },
          "/etc/systemd/system/app.service": "[Service]\nExecStart=/usr/bin/app serve\n",
        },
      },
      finds: ["/usr/local/sbin/nft", "/usr/bin/python3", "/usr/local/bin/app"].map((path) => `web:${path} path`),
    },
    {
      title: "scripts that root runs by itself",
      hosts: {
        web: {
          ...{ "/etc/update-motd.d/x": "", "/etc/needrestart/conf.d/x.conf": 'system("/opt/x");\n' },
          ...{ "/etc/cloud/cloud.cfg.d/x.cfg": "runcmd: [/opt/x]\n", "/etc/needrestart/hook.d/x": "" },
        },
      },
      finds: ["update-motd.d/x", "needrestart/conf.d/x.conf", "cloud/cloud.cfg.d/x.cfg", "needrestart/hook.d/x"].map(
        (path) => `web:/etc/${path} path`,
      ),
    },
    {
      title: "rights of D-Bus, profiles that are off, older packages, and settings of all units",
      hosts: files(
        "",
        ...["/etc/dbus-1/system.d/x.conf", "/etc/apparmor.d/disable/redis", "/etc/apt/preferences.d/x"],
        "/run/systemd/system.conf.d/x.conf",
      ),
      finds: [
        ...["web:/etc/dbus-1/system.d/x.conf path", "web:/etc/apparmor.d/disable/redis path"],
        ...["web:/etc/apt/preferences.d/x path", "web:/run/systemd/system.conf.d/x.conf path"],
      ],
    },
    {
      title: "scripts of logrotate, what it packs with, and what it reads from elsewhere",
      hosts: {
        web: {
          "/etc/logrotate.d/a": "/var/log/a { postrotate\n  /opt/x\n endscript\n}\n",
          "/etc/logrotate.d/b": "/var/log/b {\n prerotate\n  systemctl reload b $(/opt/x)\n endscript\n}\n",
          "/etc/logrotate.d/c": "/var/log/c {\n compresscmd /opt/x\n}\n",
          "/etc/logrotate.d/d": "include /opt/d\n",
          "/etc/logrotate.d/e": "/var/log/e {\n lastaction\n kill -HUP 1 && echo x > /etc/x\n endscript\n}\n",
        },
      },
      finds: ["a", "b", "c", "d", "e"].map((name) => `web:/etc/logrotate.d/${name} path`),
    },
    {
      title: "programs that get the audit records, or lines of logs",
      hosts: {
        web: {
          "/etc/audit/plugins.d/x.conf": "active = yes\npath = /opt/x\ntype = always\n",
          "/etc/audit/auditd.conf": "space_left_action = exec /opt/x\n",
          "/etc/syslog-ng/conf.d/x.conf": 'destination d_x { program("/opt/x"); };\n',
          "/etc/syslog-ng/conf.d/y.conf": 'log { source { program("/opt/x"); }; };\n',
          "/etc/rsyslog.d/x.conf": '*.* action(type="omprog" binary="/opt/x")\n',
        },
      },
      finds: [
        ...["/etc/audit/plugins.d/x.conf", "/etc/audit/auditd.conf", "/etc/syslog-ng/conf.d/x.conf"],
        ...["/etc/syslog-ng/conf.d/y.conf", "/etc/rsyslog.d/x.conf"],
      ].map((path) => `web:${path} path`),
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
  becomes("put something before a command of root", "/usr/local/sbin/systemctl", "#!/bin/sh\n/opt/x\n"),
  becomes("let logrotate run something", "/etc/logrotate.d/x", "/var/log/x {\n postrotate\n /opt/x\n endscript\n}\n"),
  becomes("give records to a program", "/etc/audit/plugins.d/x.conf", "active = yes\npath = /opt/x\n"),
  becomes("run something after updates", "/etc/needrestart/conf.d/x.conf", 'system("/opt/x");\n'),
  becomes("let everybody call everybody", "/etc/dbus-1/system.d/x.conf", "<busconfig/>\n"),
  becomes("turn a profile off", "/etc/apparmor.d/disable/usr.sbin.nginx", ""),
  inFile(/syslog-ng\.conf$/, "give lines to a program", /$/, 'destination d_x { program("/opt/x"); };\n'),
  inFile(/apt\.conf\.d\/60/, "run something at each update", /$/, 'APT::Update::Pre-Invoke {"/bin/x";};\n'),
];
