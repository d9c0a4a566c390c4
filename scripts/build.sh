#!/usr/bin/env bash
# `sam build`, then what it leaves undone: a layer without the data that nothing here reads (two
# thirds of its size), and with bytecode, of which SAM ships none: to compile at import is half of
# a cold start. Bytecode is checked against the source's hash, not its time, since the zips that
# SAM makes date everything 1980. Takes what `sam build` takes; BUILD_DIR is where to.
set -euo pipefail
cd "$(dirname "$0")/.."

build=${BUILD_DIR:-.aws-sam/build}
services='dynamodb|events|pinpoint-sms-voice-v2|sqs'

sam build --build-dir "$build" "$@"

packages=$build/DependenciesLayer/python
find "$packages/botocore/data" -mindepth 1 -maxdepth 1 -type d -regextype posix-extended \
  ! -regex ".*/($services)" -exec rm -r {} +
# Where a number is from, and by whom, is never asked; only whether it is one.
rm -r "$packages/phonenumbers/geodata" "$packages/phonenumbers/carrierdata"

# Grown once here, the languages need not be grown in every cold start.
PYTHONPATH=$build/TextbackLayer/python python3.13 -B -m textback.languages

for layer in "$build"/*Layer; do
  python3.13 -m compileall -q -j 0 --invalidation-mode checked-hash \
    -s "$layer" -p /opt "$layer/python"
done
