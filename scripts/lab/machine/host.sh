#!/bin/bash
# host.sh STATE CGROUP BASE TAG LINK: one host, until it is powered off; run in the lab's namespaces.
# Its cable is made anew at each start, so that it brings its firewall up itself after a reboot.
set -euo pipefail
state=$1 cgroup=$2/$4 base=$3 tag=$4 link=$5
host=$state/hosts/$tag
mountpoint -q "$host/root" ||
  mount -t overlay overlay -o "lowerdir=$base,upperdir=$host/upper,workdir=$host/work" "$host/root"
ulimit -n 524288 2>/dev/null || true
# Plugs the cable in as soon as it is there.
plug() {
  for _ in $(seq 200); do
    [ ! -e "/sys/class/net/h-$link" ] || { ip link set "h-$link" master br0 up; return; }
    sleep 0.02
  done
}
# A group that was killed once kills what starts in it later: each start has a new one.
renew() {
  for _ in $(seq 100); do
    find "$cgroup" -depth -type d -exec rmdir {} + 2>/dev/null || true
    [ -d "$cgroup" ] || break
    sleep 0.02
  done
  mkdir -p "$cgroup"
}
code=133
while [ "$code" = 133 ]; do                 # 133: the host asked for a reboot
  ip link delete "h-$link" 2>/dev/null || true
  renew
  plug &
  (
    echo 0 >"$cgroup/cgroup.procs"          # each host its own group, or they share one
    exec systemd-nspawn --quiet --directory="$host/root" --boot --machine="$tag" --register=no --keep-unit \
      --network-veth-extra="h-$link:ens5" --rlimit=RLIMIT_NOFILE=524288 \
      --resolv-conf=off --timezone=off --link-journal=no --console=pipe
  ) && code=0 || code=$?
done
