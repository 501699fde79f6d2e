import type { Host } from "../estate.ts";
import type { Memory } from "../memory.ts";

/** Where root and units look for a command (`PATH` of Debian 12 and 13): the folders of /usr/local come first. */
const PROGRAM = /^(?:\/usr(?:\/local)?)?\/s?bin\/([^/]+)$/;
/** Where packages put their commands. */
const PACKAGED = /(?<![\w-])(?:\/usr)?\/s?bin\/([\w.+-]*\w)/g;

/** Commands of packages that scripts and people of root call by their names alone (Debian 12 and 13, 2026-11-23). */
const COMMANDS = new Set(
  [
    "sh bash dash zsh env sudo su login passwd chpasswd useradd usermod userdel groupadd chage getent id whoami who w",
    "ls cat cp mv rm ln mkdir rmdir touch chmod chown chgrp chattr dd df du stat head tail tee wc sort uniq cut tr seq",
    "sleep date echo printf test true false expr yes tty sync truncate mktemp readlink realpath basename dirname nohup",
    "timeout nice ionice install shred sha256sum sha512sum md5sum base64 find xargs grep egrep fgrep sed awk gawk mawk",
    "perl python python3 node ruby php lua make gcc git tar gzip gunzip zcat xz zstd bzip2 unzip zip cpio less more vi vim",
    "nano ed diff patch file which whereis locate man kill pkill pgrep killall ps top htop free uptime vmstat lsof strace",
    "mount umount findmnt lsblk blkid fdisk parted mkfs fsck losetup swapon swapoff cryptsetup lvm vgs lvs pvs",
    "systemctl journalctl systemd-run systemd-creds systemd-tmpfiles systemd-sysusers systemd-analyze loginctl hostnamectl",
    "timedatectl resolvectl busctl udevadm dbus-send service invoke-rc.d update-rc.d start-stop-daemon shutdown reboot",
    "halt poweroff init telinit runuser setpriv unshare nsenter chroot capsh setcap getcap modprobe insmod rmmod lsmod",
    "sysctl dmesg logger logrotate cron crontab at flock script run-parts auditctl augenrules ausearch aureport aa-status",
    "apparmor_parser apt apt-get apt-cache apt-key apt-mark dpkg dpkg-query dpkg-reconfigure unattended-upgrade needrestart",
    "debconf-set-selections update-alternatives update-ca-certificates update-initramfs update-grub locale-gen ldconfig ldd",
    "ip ss ifconfig route netstat arp ping ping6 traceroute tracepath dig host nslookup nc ncat socat tcpdump ethtool bridge",
    "nft iptables ip6tables iptables-restore ipset conntrack curl wget ssh scp sftp ssh-keygen ssh-add rsync openssl gpg",
    "gpgv gpgconf certutil keytool chronyc chronyd syslog-ng rsyslogd nginx psql pg_dump pg_dumpall pg_restore pg_basebackup",
    "pg_ctl pg_ctlcluster pg_lsclusters pg_createcluster pgbackrest postgres patroni patronictl etcd etcdctl mysql mariadb",
    "mysqldump mariadb-dump mariadb-backup mysqladmin mariadb-admin mysqld mariadbd redis-cli redis-server redis-sentinel",
    "mongod mongosh mongodump mongorestore prometheus promtool alertmanager amtool loki tempo grafana grafana-server aws jq",
    "amazon-ssm-agent mount.nfs mount.nfs4 mount.efs stunnel pip pip3 uv npm npx gunicorn uvicorn celery",
  ].flatMap((line) => line.split(" ")),
);

const CALLED = {};

/** A command of the system that a file is found before, or in place of; also one that files of the host call as packaged. */
export function systemCommandOf(path: string, { files }: Host, memory: Memory): string | undefined {
  const name = PROGRAM.exec(path)?.[1];
  if (name === undefined) return undefined;
  if (COMMANDS.has(name)) return name;
  if (!path.startsWith("/usr/local/")) return undefined;
  const isCalled = [...files.values()].some(({ text }) =>
    memory.ofText(CALLED, text, () => new Set([...text.matchAll(PACKAGED)].map(([, each]) => each))).has(name),
  );
  return isCalled ? name : undefined;
}
