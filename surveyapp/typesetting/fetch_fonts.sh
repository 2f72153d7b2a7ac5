#!/bin/sh
# Fetches the fonts that posters are printed with into a folder, without root: Debian's package fonts-noto-core, unpacked.
# Usage: fetch_fonts.sh [folder]; the folder is instance/fonts unless given. Does nothing when the fonts are there.
set -eu
folder=${1:-instance/fonts}
[ -e "$folder/NotoSans-Regular.ttf" ] && exit 0
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || {
    echo "fetch_fonts: needs apt-get and dpkg-deb; elsewhere copy the Noto fonts into $folder" >&2
    exit 2
}

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p lists/partial
# A machine that never ran "apt-get update" has no package lists, so a second try keeps its own.
apt-get -qq download fonts-noto-core 2>/dev/null || {
    apt-get -qq -o Dir::State::lists="$work/lists" update
    apt-get -qq -o Dir::State::lists="$work/lists" download fonts-noto-core
}
dpkg-deb --extract fonts-noto-core_*.deb unpacked
cp unpacked/usr/share/fonts/truetype/noto/*.ttf "$folder"
