#!/bin/bash
# store.sh CACHE NAME BASE PACKAGES: a signed repository of these packages and what they depend on, made once.
# Its layout is that of `npm run packages`; here what another list already fetched is not fetched again.
# What does not exist is left out and told: the role that asks for it will fail by itself, and no other.
set -euo pipefail
cache=$1 name=$2 base=$3 packages=$4
here=$(cd "$(dirname "$0")" && pwd)
store=$cache/$name
[ -e "$store/done" ] && exit
rm -rf "$store"
mkdir -p "$cache/archives/partial" "$store"
tree=root
suite=$(. "$cache/$base/$tree/etc/os-release"; echo "$VERSION_CODENAME")
"$here/sources.sh" "$suite" >"$store/$suite.sources"
unshare --mount --propagation private bash -euo pipefail -c '
  # A layer over the base takes the lists of apt: the base stays as it is.
  cache=$1 store=$2 base=$3 packages=$4
  mount -t tmpfs tmpfs /mnt
  mkdir /mnt/{upper,work,root}
  root=/mnt/root
  mount -t overlay overlay -o "lowerdir=$cache/$base/root,upperdir=/mnt/upper,workdir=/mnt/work" "$root"
  cp "$store"/*.sources "$root/etc/apt/sources.list.d/"
  mount -t proc proc "$root/proc"; mount --bind /dev "$root/dev"
  cat /etc/resolv.conf >"$root/etc/resolv.conf"
  export DEBIAN_FRONTEND=noninteractive LC_ALL=C
  chroot "$root" apt-get -qq update
  known=()
  for each in $packages; do
    if chroot "$root" apt-cache --quiet policy "$each" | grep "Candidate: [0-9]" >/dev/null; then known+=("$each")
    else echo "store: Debian has no package \"$each\"" >&2; fi
  done
  get() { chroot "$root" apt-get -qq install -y --no-install-recommends "$@"; }
  # Asked before the archive is there, apt names every file that a bare host needs.
  groups=("${known[*]}")
  get --print-uris "${known[@]}" >"$store/uris" 2>"$store/conflict" || {
    echo "store: not all packages go together, each is fetched by itself" >&2
    groups=("${known[@]}")
    for each in "${known[@]}"; do get --print-uris "$each"; done >"$store/uris"
  }
  mkdir -p "$root/var/cache/apt/archives"; mount --bind "$cache/archives" "$root/var/cache/apt/archives"
  for each in "${groups[@]}"; do get --download-only $each >/dev/null; done
' - "$cache" "$store" "$base" "$packages"
# Each line: address, file, size, digest. Names in a bucket have no `%3a`: the epoch of a version is in the index.
mkdir -p "$store/debian/pool" "$store/debian/first" "$store/debian/dists/$suite/main"
awk '{print $2}' "$store/uris" | sort -u | while read -r file; do
  ln "$cache/archives/$file" "$store/debian/pool/$(sed 's/_[0-9]*%3a/_/' <<<"$file")"
done
for each in "$cache"/extra/*.deb; do [ ! -e "$each" ] || cp "$each" "$store/debian/pool/"; done
cd "$store/debian"
for first in apt-transport-s3 python3-configobj; do ln pool/"$first"_* first/; done
architecture=$(dpkg --print-architecture)
index=dists/$suite/main/binary-$architecture
mkdir "$index"
apt-ftparchive packages pool >"$index/Packages"
release=(-o "APT::FTPArchive::Release::Origin=platform" -o "APT::FTPArchive::Release::Label=platform")
release+=(-o "APT::FTPArchive::Release::Suite=$suite" -o "APT::FTPArchive::Release::Codename=$suite")
release+=(-o "APT::FTPArchive::Release::Components=main" -o "APT::FTPArchive::Release::Architectures=$architecture")
apt-ftparchive "${release[@]}" release "dists/$suite" >Release && mv Release "dists/$suite/"
GNUPGHOME=$cache/$base/keys gpg --batch --quiet --clearsign --output "dists/$suite/InRelease" "dists/$suite/Release"
touch "$store/done"
