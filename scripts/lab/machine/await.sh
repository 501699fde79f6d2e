#!/bin/bash
# await.sh CGROUP SECONDS: waits until the host of that group has started, and prints its state as systemd calls it.
set -uo pipefail
cgroup=$1 end=$((SECONDS + $2)) state=
while [ "$SECONDS" -lt "$end" ]; do
  pid=$(sed -n 1p "$cgroup/payload/init.scope/cgroup.procs" 2>/dev/null)
  if [ -n "$pid" ]; then
    state=$(nsenter -t "$pid" -a -- systemctl is-system-running --wait 2>/dev/null)
    case $state in running | degraded | maintenance) echo "$state"; exit ;; esac
  fi
  sleep 0.1
done
echo "${state:-not up}"
exit 1
