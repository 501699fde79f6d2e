import type { Examples } from "../../engine/example.ts";
import { inFile, type Mutation, onFile } from "../../engine/mutation.ts";

const PATH = "/etc/systemd/system/srv-files.mount";
const mount = (what: string, type: string, options: string) => ({
  web: { [PATH]: `[Mount]\nWhat=${what}\nWhere=/srv/files\nType=${type}\nOptions=${options}\n` },
});
const SAFE = "_netdev,tls,iam,accesspoint=fsap-1,nosuid,nodev,noexec";

export const examples: Examples = {
  good: [
    { title: "EFS over TLS", hosts: mount("fs-0123abcd:/", "efs", SAFE) },
    {
      title: "EFS over TLS and disks by fstab",
      hosts: {
        web: {
          "/etc/fstab": `fs-0123abcd:/ /srv efs ${SAFE} 0 0\nUUID=12-34 / ext4 defaults 0 1\n/dev/sdb1 none swap sw 0 0\nLABEL=UEFI /boot/efi vfat defaults\n`,
        },
      },
    },
    { title: "EFS by a setting", hosts: mount("%%parameter:/example/shop/files%%:/", "efs", SAFE) },
    {
      title: "NFS over TLS, and a disk",
      hosts: {
        ...mount("a.example.org:/x", "nfs4", "xprtsec=mtls,nosuid,nodev,noexec"),
        db: { [PATH]: "[Mount]\nWhat=/dev/nvme1n1\nType=xfs\n" },
      },
    },
  ],
  bad: [
    {
      title: "lines of fstab",
      hosts: {
        web: {
          "/etc/fstab":
            "# fs-0:/ /srv efs tls\nUUID=12-34 / ext4 defaults 0 1\nfs-0123abcd.efs.eu-central-1.amazonaws.com:/ /mnt nfs4 rw,suid 0 0\nfs-0123abcd:/ /srv efs iam,nosuid,nodev,noexec 0 0\n",
        },
      },
      finds: ["Type", "Options", "Options"].map((name) => `web:/etc/fstab ${name}`),
    },
    {
      title: "EFS in clear text, and with programs",
      hosts: mount("fs-0123abcd:/", "efs", "_netdev,iam,nosuid,nodev"),
      finds: [`web:${PATH} Options`],
    },
    { title: "EFS by an address", hosts: mount("198.51.100.7:/", "efs", SAFE), finds: [`web:${PATH} What`] },
    {
      title: "NFS",
      hosts: mount("files.example.org:/x", "nfs", "rw"),
      finds: [`web:${PATH} Type`, `web:${PATH} Options`],
    },
    { title: "a share", hosts: mount("//files/x", "cifs", "nosuid,nodev,noexec"), finds: [`web:${PATH} Type`] },
  ],
  unknown: [],
};

const MOUNT = /uploads\.mount$/;

export const mutations: readonly Mutation[] = [
  inFile(MOUNT, "mount in clear text", ",tls,", ","),
  inFile(MOUNT, "mount as anybody", ",iam,", ","),
  inFile(MOUNT, "let files be programs", ",noexec", ""),
  inFile(MOUNT, "mount a stranger's files", /^What=.*$/m, "What=198.51.100.7:/"),
  onFile(/policy-rc\.d$/, "mount something more", (file) => ({
    ...file,
    path: "/etc/systemd/system/tmp-x.mount",
    text: "[Mount]\nWhat=198.51.100.7:/x\nWhere=/tmp/x\nType=nfs\n",
  })),
  onFile(/policy-rc\.d$/, "mount something more by fstab", (file) => ({
    ...file,
    path: "/etc/fstab",
    text: "198.51.100.7:/x /tmp/x nfs4 defaults 0 0\n",
  })),
];
