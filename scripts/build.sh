#!/usr/bin/env bash
# `sam build`, then bytecode for the layers, of which SAM ships none: to compile them at import is
# half of a cold start. It is checked against the source's hash, not its time, since the zips that
# SAM makes date everything 1980. Takes what `sam build` takes; BUILD_DIR is where to.
set -euo pipefail
cd "$(dirname "$0")/.."

build=${BUILD_DIR:-.aws-sam/build}

sam build --build-dir "$build" "$@"
for layer in "$build"/*Layer; do
  python3.13 -m compileall -q -j 0 --invalidation-mode checked-hash \
    -s "$layer" -p /opt "$layer/python"
done
