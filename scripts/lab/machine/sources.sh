#!/bin/bash
# sources.sh SUITE: the machine's own Debian mirrors, for another suite, as apt reads them.
set -euo pipefail
suite=$1
own=$(. /etc/os-release; echo "$VERSION_CODENAME")
if [ -s /etc/apt/sources.list.d/debian.sources ]; then
  sed "s/\b$own\b/$suite/g" /etc/apt/sources.list.d/debian.sources
else
  grep -hE '^deb .*debian' /etc/apt/sources.list | sed "s/\b$own\b/$suite/g; s/\b$own-/$suite-/g"
fi
