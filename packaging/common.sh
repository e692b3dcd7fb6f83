# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by packaging/run and packaging/test: where things are, and installing what is missing.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
packages=$root/packaging/debian-packages.txt
jobs=$(nproc)
# A file that includes LibTorch takes more than a gigabyte to compile.
memory_gb=$(awk '/MemAvailable/ {print int($2 / 1500000)}' /proc/meminfo)
[ "$memory_gb" -ge 1 ] && [ "$memory_gb" -lt "$jobs" ] && jobs=$memory_gb

say() { printf '\n== %s\n' "$*"; }

# install_packages GROUP...: installs the packages of the groups that are missing; needs the network only then.
install_packages() {
    command -v dpkg-query >/dev/null || {
        echo "This is no Debian or Ubuntu; install the packages of packaging/debian-packages.txt by hand." >&2
        return 0
    }
    local wanted missing=() package groups="$*"
    wanted=$(awk -v groups=" $groups " '!/^#/ && NF == 2 && index(groups, " " $1 " ") {print $2}' "$packages")
    for package in $wanted; do
        dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    say "Installing: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    local available=()
    for package in "${missing[@]}"; do
        if apt-cache show "$package" >/dev/null 2>&1; then
            available+=("$package")
        else
            echo "$package is not in this release; going on without it."
        fi
    done
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${available[@]}"
}

# build PRESET TARGET...: configures when needed and builds.
build() {
    local preset=$1
    shift
    if [ ! -f "$root/build/$preset/build.ninja" ]; then
        say "Configuring ($preset)"
        (cd "$root" && cmake --preset "$preset")
    fi
    say "Building ($preset, $jobs at a time)"
    (cd "$root" && cmake --build "build/$preset" --parallel "$jobs" ${1:+--target "$@"})
}
