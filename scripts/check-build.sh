#!/usr/bin/env bash
# What the tests cannot see: whether the template is sound, builds, and holds all that the
# functions import. Needs uv; brings its own SAM.
set -euo pipefail
cd "$(dirname "$0")/.."

export SAM_CLI_TELEMETRY=0
export UV_PROJECT_ENVIRONMENT=.local/sam
uv sync --frozen --quiet --only-group sam
PATH=$PWD/.local/sam/bin:$PATH

case $(uname -m) in
  aarch64 | arm64) here=arm64 other=x86_64 ;;
  *) here=x86_64 other=arm64 ;;
esac

step() { printf '\n== %s\n' "$*"; }

step "The dependencies layer is what uv.lock says"
scripts/export-dependencies.sh --check

step "The template is valid and clean"
sam validate --lint

step "The template builds"
BUILD_DIR=.aws-sam/check scripts/build.sh --parameter-overrides "Architecture=$here" > /dev/null

step "Every built handler imports, with nothing but the build to import from"
for built in .aws-sam/check/*Function; do
  env -i "$(command -v python3.13)" -I -S scripts/import_built_handler.py .aws-sam/check "${built##*/}"
done

step "The dependencies have wheels for $other too"
sam build DependenciesLayer --build-dir .aws-sam/check-other \
  --parameter-overrides "Architecture=$other" > /dev/null
