#!/bin/bash
# namespace.sh STATE CGROUP: the first process of a lab, in namespaces of its own: mounts, network, processes.
# All that runs in the lab ends with it. It ends by itself when standard input does before the word `keep`: a lab whose
# maker was interrupted, even by force, leaves nothing.
set -euo pipefail
state=$1 cgroup=$2
mount -t sysfs sysfs /sys                   # that of the new network namespace
mount -t cgroup2 cgroup2 /sys/fs/cgroup     # here only, whatever the machine mounts
mount -t tmpfs tmpfs /run
mkdir -p /run/lock /run/systemd /run/netns "$cgroup/control"
echo 0 >"$cgroup/control/cgroup.procs"
resolver=$(readlink -m /etc/resolv.conf)
mkdir -p "$(dirname "$resolver")"
[ -e "$resolver" ] || touch "$resolver"
mount --bind "$state/cloud/resolv.conf" "$resolver"
sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
ip netns add cloud
ip -batch "$state/cloud/network"
ip netns exec cloud sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv4.ip_forward=0 net.ipv4.conf.all.rp_filter=0 \
  net.ipv4.ip_unprivileged_port_start=0
ip -n cloud -batch "$state/cloud/network-cloud"
touch "$state/run/ready"
IFS= read -r word || true
[ "$word" = keep ] || exit 1
exec </dev/null
sleep infinity &
while :; do wait -n || true; sleep 0.2; done
