#!/bin/sh
# Written by Ansible from the catalogue. Changes made on the host are lost.
# An installation starts nothing: a program starts once it is configured. An update restarts what runs, also where its scripts
# stop a program first and ask for a start or a restart of what does not run any more. They ask several times, and do not
# always do what they may: what they stopped may start for half an hour.
unit=${1%.service}
stopped=/run/platform-stopped-by-update
case "$2" in
  stop)
    if systemctl is-active --quiet "$unit"; then mkdir -p "$stopped" && : >"$stopped/$unit"; fi
    exit 0
    ;;
  start | restart | try-restart | force-reload | reload)
    if [ "$2" != start ] && systemctl is-active --quiet "$unit"; then exit 0; fi
    if [ -n "$(find "$stopped/$unit" -mmin -30 2>/dev/null)" ]; then exit 0; fi
    ;;
esac
exit 101
