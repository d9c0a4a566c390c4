#!/usr/bin/env bash
# Writes what the dependencies layer holds: the product's third-party packages at the versions and
# hashes of uv.lock. With --check it only says whether the file is stale.
set -euo pipefail
cd "$(dirname "$0")/.."

target=layers/dependencies/requirements.txt

export_lock() {
  echo "# From uv.lock, by scripts/export-dependencies.sh: change pyproject.toml, lock, run it again."
  uv export --frozen --only-group product --no-emit-local --no-header --no-annotate --quiet
}

if [[ "${1:-}" == --check ]]; then
  if ! diff --unified "$target" <(export_lock); then
    echo "$target is stale: run scripts/export-dependencies.sh" >&2
    exit 1
  fi
else
  export_lock > "$target"
fi
