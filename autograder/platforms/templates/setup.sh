#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image: it installs the engine that lies beside it.
set -euo pipefail
root=$${AUTOGRADER_ROOT:-/autograder}
versions="$versions"

usable() {
  "$$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
  for python in $$versions python3; do
    if usable "$$python"; then
      echo "$$python"
      return
    fi
  done
  return 1
}

cd "$$root/source"
if ! python=$$(find_python); then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update
  for version in $$versions; do
    apt-get install --yes --no-install-recommends "$$version" "$$version-venv" && break
  done
  python=$$(find_python) || {
    echo "There is no Python 3.11 or newer here: choose a newer base image of Ubuntu." >&2
    exit 1
  }
fi
test -x "$$root/engine/bin/python" || "$$python" -m venv "$$root/engine"
"$$root/engine/bin/python" -m pip install --disable-pip-version-check --constraint constraints.txt ./*.whl
# The course holds the solutions.
chmod 700 "$$root/source"
"$$root/engine/bin/autograder" doctor || true
