#!/bin/sh
# leader.sh status TAG: what Ansible's way into a host asks of machinectl: which process is the host's first one. A host that
# was rebooted has a new one.
set -eu
IFS= read -r leader <"$LAB_CGROUP/$2/payload/init.scope/cgroup.procs" || {
  echo "the host is not up"
  exit 1
}
echo "Leader: $leader"
