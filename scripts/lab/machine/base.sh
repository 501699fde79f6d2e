#!/bin/bash
# base.sh CACHE NAME SUITE ACCOUNTS PACKAGES: the root file system that all hosts of a lab share, read-only, made once.
# It is what the machine image of the cloud is: Debian with Python and an SSH server, nothing that a role should install.
# Beside it lies the lab's own authority for the names of AWS, which the base trusts. Held by a lock: two labs make one base.
set -euo pipefail
cache=$1 name=$2 suite=$3 accounts=$4 packages=$5
here=$(cd "$(dirname "$0")" && pwd)
[ -e "$cache/$name/done" ] && exit
# The authority's key never leaves the cache; whoever trusts it is a host of a lab.
rm -rf --one-file-system "${cache:?}/$name"
mkdir -p "$cache/$name/authority"
root=$cache/$name/root
umask 022
trap 'rm -rf --one-file-system "${cache:?}/$name"' ERR INT TERM

( umask 077
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=Lab authority" \
    -addext "keyUsage=critical,keyCertSign,cRLSign" -keyout "$cache/$name/authority/ca.key" -out "$cache/$name/authority/ca.crt" 2>/dev/null )
chmod 644 "$cache/$name/authority/ca.crt"

# Signs the package repository of labs, as the publisher's key signs that of the cloud.
mkdir -m 700 "$cache/$name/keys"
export GNUPGHOME=$cache/$name/keys
gpg --batch --quiet --passphrase "" --quick-generate-key "Packages (lab)" ed25519 sign never 2>/dev/null
gpg --batch --export --armor >"$cache/$name/authority/packages.asc"
gpgconf --kill all
unset GNUPGHOME

"$here/sources.sh" "$suite" >"$cache/$name/$suite.sources"
mmdebstrap --quiet --variant=minbase --include="$packages" "$suite" "$root" "$cache/$name/$suite.sources"

# Accounts that packages made have the numbers that rulesets know them by (NAME:NUMBER ...), and keep what is theirs.
for each in $accounts; do
  account=${each%:*} number=${each#*:}
  uid=$(chroot "$root" id -u "$account" 2>/dev/null) || continue
  gid=$(chroot "$root" id -g "$account")
  chroot "$root" groupmod --gid "$number" "$account"
  chroot "$root" usermod --uid "$number" --gid "$number" "$account"
  find "$root" -xdev -uid "$uid" -exec chown --no-dereference "$number" {} +
  find "$root" -xdev -gid "$gid" -exec chgrp --no-dereference "$number" {} +
done

rm -f "$root"/etc/apt/sources.list.d/* "$root/etc/resolv.conf"
: >"$root/etc/apt/sources.list"
: >"$root/etc/machine-id"
echo 'nameserver 169.254.169.253' >"$root/etc/resolv.conf"
cp "$cache/$name/authority/ca.crt" "$root/usr/local/share/ca-certificates/lab.crt"
cp "$cache/$name/authority/packages.asc" "$root/etc/apt/keyrings/lab.asc"
# The command line of AWS trusts a list of its own, where Debian's python3-certifi is not there to hand it the system's.
ln -sf /etc/ssl/certs/ca-certificates.crt "$root/usr/lib/python3/dist-packages/awscli/botocore/cacert.pem"
chroot "$root" update-ca-certificates >/dev/null 2>&1

systemctl --root="$root" --quiet enable systemd-networkd
systemctl --root="$root" --quiet disable systemd-networkd-wait-online.service || true
# A role starts them, once they are configured.
systemctl --root="$root" --quiet disable prometheus-node-exporter.service syslog-ng.service
# A container has no console, and no audit of its own.
systemctl --root="$root" --quiet mask console-getty.service getty@.service audit-rules.service
touch "$cache/$name/done"
