#!/bin/sh
# Installs weft: built from the checkout that this script lies in, or out of an archive whose checksum is verified.
set -eu

usage() {
  cat <<'END'
Usage: ./install.sh [--to DIR] [--archive FILE [--sha256 HEX | --sha256-file FILE]]

Without --archive: builds weft from this checkout (needs Rust, takes some minutes) and installs it.
With --archive: verifies the archive's SHA-256 and installs the `weft` in it.

  --to DIR            where to put it (default: $XDG_BIN_HOME, else ~/.local/bin)
  --archive FILE      a weft-….tar.gz
  --sha256 HEX        the checksum it must have
  --sha256-file FILE  a file with that checksum, as sha256sum writes it
                      (default: FILE.sha256 or SHA256SUMS beside the archive)
  --version           print the version of this checkout
  -h, --help          print this

To remove weft again, delete the one file. Exit codes: 0 installed, 1 not installed, 2 wrong usage.
END
}

say() { printf '%s\n' "$*"; }

# fail LINE…: what went wrong on the first line, what to do about it on the next.
fail() {
  printf 'install.sh: %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}

wrong_usage() {
  printf 'install.sh: %s\n  try: ./install.sh --help\n' "$1" >&2
  exit 2
}

have() { command -v "$1" >/dev/null 2>&1; }

cleanup() {
  [ -z "$work" ] || rm -rf "$work"
  [ -z "$incoming" ] || rm -f "$incoming"
}

main() {
  to='' archive='' sha256='' sha256_file='' action=install work='' incoming=''
  while [ $# -gt 0 ]; do
    case $1 in
      --to | --archive | --sha256 | --sha256-file)
        { [ $# -gt 1 ] && [ -n "$2" ]; } || wrong_usage "$1 needs a value"
        take "$1" "$2"
        shift 2
        ;;
      --to=?* | --archive=?* | --sha256=?* | --sha256-file=?*)
        take "${1%%=*}" "${1#*=}"
        shift
        ;;
      --version) action=version && shift ;;
      -h | --help) usage && exit 0 ;;
      *) wrong_usage "unknown argument \`$1\`" ;;
    esac
  done
  [ -z "$sha256" ] || [ -z "$sha256_file" ] || wrong_usage '--sha256 and --sha256-file exclude each other'
  [ -n "$archive" ] || [ -z "$sha256$sha256_file" ] || wrong_usage 'a checksum is for --archive'

  here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
  if [ "$action" = version ]; then
    need_checkout
    say "weft $(manifest version)"
    exit 0
  fi

  trap cleanup EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  if [ -z "$to" ]; then
    [ -n "${XDG_BIN_HOME:-}${HOME:-}" ] || fail 'HOME is not set' 'say where to install: --to DIR'
    to=${XDG_BIN_HOME:-$HOME/.local/bin}
  fi
  # Everything that can refuse comes before the minutes of building.
  if [ -n "$archive" ]; then need_archive; else need_rust; fi
  need_writable
  work=$(mktemp -d) || fail 'no temporary folder can be made'
  if [ -n "$archive" ]; then unpack; else build; fi
  put
}

take() {
  case $1 in
    --to) to=$2 ;;
    --archive) archive=$2 ;;
    --sha256) sha256=$2 ;;
    --sha256-file) sha256_file=$2 ;;
  esac
}

# --- from the checkout -------------------------------------------------------------------------------------------

# manifest KEY: the value of `KEY = "…"` in the package's Cargo.toml.
manifest() { sed -n "s/^$1 *= *\"\\(.*\\)\".*/\\1/p" "$here/Cargo.toml" | head -n 1; }

need_checkout() {
  { [ -f "$here/Cargo.toml" ] && [ "$(manifest name)" = weft-mesh ]; } ||
    fail "$here is not a checkout of weft" 'run install.sh where it lies, or give it an archive: --archive FILE'
}

need_rust() {
  need_checkout
  needed=$(manifest rust-version)
  for tool in cargo rustc; do
    have "$tool" || fail "$tool is not installed; weft needs Rust $needed or newer" \
      'get it from https://rustup.rs, then run install.sh again'
    found=$(cd "$here" && "$tool" --version 2>/dev/null | sed -n "1s/^$tool \\([0-9][0-9.]*\\).*/\\1/p") || found=''
    [ -n "$found" ] || fail "\`$tool --version\` does not answer; weft needs Rust $needed or newer" \
      'with rustup, choose a toolchain: rustup default stable'
    older "$found" "$needed" && fail "$tool is version $found; weft needs $needed or newer" \
      'with rustup: rustup update stable' 'else get it from https://rustup.rs'
  done
  return 0
}

# older A B: whether version A comes before version B.
older() {
  awk -v a="$1" -v b="$2" 'BEGIN {
    split(a, x, "."); split(b, y, ".")
    for (i = 1; i <= 3; i++) if (x[i] + 0 != y[i] + 0) exit !(x[i] + 0 < y[i] + 0)
    exit 1
  }'
}

build() {
  say "building weft $(manifest version) (some minutes the first time)"
  target=${CARGO_TARGET_DIR:-$here/target}
  # A default target of the user's would move the binary to another folder.
  (unset CARGO_BUILD_TARGET && cd "$here" &&
    cargo build --locked --profile dist --bin weft --target-dir "$target") ||
    fail 'the build failed; what cargo said is above'
  case $target in /*) ;; *) target=$here/$target ;; esac
  built=$target/dist/weft
  [ -f "$built" ] || fail "cargo built no $built" 'is build.target set in a cargo configuration? unset it for this build'
}

# --- from an archive -----------------------------------------------------------------------------------------------

need_archive() {
  { [ -f "$archive" ] && [ -r "$archive" ]; } || fail "$archive is not a file that can be read"
  { have tar && have gzip; } || fail 'tar and gzip are needed to unpack an archive, and are not installed'
  have sha256sum || have shasum ||
    fail 'neither sha256sum nor shasum is installed, so the archive cannot be verified' \
      'install one of them (Debian: coreutils; macOS has shasum)'
  name=$(basename -- "$archive")
  if [ -z "$sha256" ]; then
    if [ -z "$sha256_file" ]; then
      sha256_file=$archive.sha256
      [ -f "$sha256_file" ] || sha256_file=$(dirname -- "$archive")/SHA256SUMS
      [ -f "$sha256_file" ] || fail "there is no checksum for $name, so it is not installed" \
        "give --sha256 HEX, or put $name.sha256 or SHA256SUMS beside it"
    fi
    { [ -f "$sha256_file" ] && [ -r "$sha256_file" ]; } || fail "$sha256_file is not a file that can be read"
    sha256=$(listed_checksum <"$sha256_file")
    [ -n "$sha256" ] || fail "$sha256_file has no checksum for $name"
  fi
  sha256=$(printf %s "$sha256" | tr 'ABCDEF' 'abcdef')
  printf '%s\n' "$sha256" | grep -qxE '[0-9a-f]{64}' || fail "\`$sha256\` is no SHA-256 checksum (64 hexadecimal digits)"
}

# The first checksum for $name in `HEX  NAME` or `HEX *NAME` lines, or the only one of a file without names.
listed_checksum() {
  name=$name awk '
    { sub(/\r$/, "") }
    NF == 1 { bare = $1; next }
    NF > 1 {
      file = $0; sub(/^[^ ]+ [ *]?/, "", file); sub(/^.*\//, "", file)
      if (file == ENVIRON["name"]) { print $1; named = 1; exit }
      other = 1
    }
    END { if (!named && !other && bare != "") print bare }'
}

checksum() {
  if have sha256sum; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | sed 's/[^0-9a-f].*//'
}

unpack() {
  # What is verified is what is unpacked, even if somebody changes the file meanwhile.
  cp -- "$archive" "$work/archive.tar.gz"
  actual=$(checksum "$work/archive.tar.gz")
  [ "$actual" = "$sha256" ] || fail "$name has another checksum than it should: it is damaged or not the real one" \
    "expected $sha256" "found    $actual" 'nothing was installed; download it again'
  say "verified $name (sha256 $sha256)"

  tar -tzf "$work/archive.tar.gz" >"$work/members" 2>"$work/errors" ||
    fail "$name cannot be unpacked: $(head -n 1 "$work/errors")"
  if grep -E '^/|(^|/)\.\.(/|$)' "$work/members" >"$work/outside"; then
    fail "$name holds a path that leads out of it: $(head -n 1 "$work/outside")" 'nothing was installed'
  fi
  grep -E '^(\./)?([A-Za-z0-9_][A-Za-z0-9._+-]*/)?weft$' "$work/members" >"$work/found" || true
  [ "$(wc -l <"$work/found")" -eq 1 ] || fail "$name does not hold exactly one file \`weft\`"
  # To standard output: no link, mode or owner of the archive's takes effect.
  built=$work/weft
  tar -xzOf "$work/archive.tar.gz" -- "$(cat "$work/found")" >"$built" 2>"$work/errors" ||
    fail "$name cannot be unpacked: $(head -n 1 "$work/errors")"
  [ -s "$built" ] || fail "the \`weft\` in $name is no regular file, or empty"
}

# --- into the folder -----------------------------------------------------------------------------------------------

need_writable() {
  mkdir -p -- "$to" 2>/dev/null || fail "$to cannot be made" 'choose another folder: --to DIR'
  to=$(CDPATH='' cd -- "$to" && pwd -P) || fail "$to cannot be entered" 'choose another folder: --to DIR'
  [ -w "$to" ] || fail "$to cannot be written" 'choose another folder: --to DIR'
  [ ! -d "$to/weft" ] || fail "$to/weft is a folder" 'choose another folder: --to DIR'
}

put() {
  incoming=$to/.weft.$$
  { cp -- "$built" "$incoming" && chmod 755 "$incoming"; } || fail "$to cannot be written" 'choose another folder: --to DIR'
  "$incoming" version >"$work/version" 2>"$work/errors" ||
    fail "this weft does not run here: $(head -n 1 "$work/errors")" 'is it meant for another system or processor?'
  # In one step: whoever runs weft at this moment gets the old one or the new one.
  mv -f -- "$incoming" "$to/weft"
  incoming=''
  say "installed $(head -n 1 "$work/version") to $to/weft"
  case :$PATH: in
    *":$to:"*)
      first=$(command -v weft || true)
      [ "$first" = "$to/weft" ] || say "note: \`weft\` still means $first, which comes earlier in PATH"
      ;;
    *) say "note: $to is not on your PATH; add it: export PATH=\"$to:\$PATH\"" ;;
  esac
}

main "$@"
