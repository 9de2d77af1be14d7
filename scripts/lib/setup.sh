# Sourced by the scripts that need the machine set up: installs what apt must bring, builds, quietly and with progress.
# Everything can be repeated; what is there already is not touched.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"

packages=(g++ cmake ninja-build pkg-config ccache python3 sqlite3 catch2 libsimgrid-dev libboost-graph-dev libyaml-cpp-dev libfmt-dev
  libcli11-dev nlohmann-json3-dev libsqlite3-dev zlib1g-dev libzstd-dev nettle-dev libhowardhinnant-date-dev tzdata libeigen3-dev libpugixml-dev libmuparser-dev coinor-libcbc-dev clang-format)

say() { printf '%s\n' "$*" >&2; }

# Runs a step with its output kept in a log; shows the log's end if it fails.
step() {
  local what=$1 log; shift
  log=$(mktemp "${TMPDIR:-/tmp}/headroom-step.XXXXXX")
  printf '%-44s' "$what ..." >&2
  local begin=$SECONDS
  if "$@" >"$log" 2>&1; then
    say "done ($((SECONDS - begin)) s)"
    rm -f "$log"
  else
    local code=$?
    say "failed"
    tail -n 40 "$log" >&2
    say "(the whole of it: $log)"
    return $code
  fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else say "this needs root, or sudo: $*"; return 1
  fi
}

missing_packages() {
  local package
  for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf '%s ' "$package"
  done
}

install_packages() {
  local missing
  missing=$(missing_packages)
  [ -z "$missing" ] && return 0
  step "updating the list of packages" as_root apt-get update
  # shellcheck disable=SC2086
  step "installing $(wc -w <<<"$missing") packages" as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
}

build() {
  local preset=$1; shift
  local batches=()      # a clean checkout compiles in batches (scripts/cmake/Rooms.cmake); what is configured stays as it is
  [ -e "build/$preset/CMakeCache.txt" ] || batches=(-DCMAKE_UNITY_BUILD=ON)
  step "configuring ($preset)" cmake --preset "$preset" "${batches[@]}"
  step "building ($preset; some minutes the first time)" cmake --build --preset "$preset" "$@"
}
