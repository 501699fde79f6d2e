#!/usr/bin/env bash
# Written by Ansible from the catalogue. Changes made on the host are lost.
# Makes one backup now, or each in turn. Copies go to the vault as a stream; nothing is left on this host.
set -euo pipefail

run() { /usr/local/sbin/platform-task run "$1"; }

case "${1-all}" in
  database) run database ;;
  certificates) run certificates ;;
  secrets) run encryption-keys ;;
  all)
    failed=0
    run database || failed=1
    run certificates || failed=1
    run encryption-keys || failed=1
    exit "$failed"
    ;;
  *)
    echo "backup.sh: must be database, certificates, secrets or nothing for all, got $1" >&2
    exit 2
    ;;
esac
