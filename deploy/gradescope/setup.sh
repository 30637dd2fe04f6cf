#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image: the sandbox and the course are installed.
# AUTOGRADER_ROOT is where Gradescope's folders are; AUTOGRADER_PYTHON is the Python of an image of your own that has
# the course already.
set -euo pipefail

root=${AUTOGRADER_ROOT:-/autograder}
python=${AUTOGRADER_PYTHON:-$root/venv/bin/python}

say_and_stop() {
  echo "$1" >&2
  exit 1
}

# What is wrong with the archive should be seen now, and not when learners upload.
[ -f "$root/source/assignment" ] ||
  say_and_stop "The archive has no file 'assignment' with the name of the exercise in it, such as 03_sigmoid."
assignment=$(< "$root/source/assignment")
[ -f "$root/source/exercises/$assignment/$assignment.ipynb" ] ||
  say_and_stop "The file 'assignment' names '$assignment', and the archive has no exercises/$assignment."

install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -qq --no-install-recommends -y "$@"
}

command -v bwrap > /dev/null || install bubblewrap

if ! "$python" -c 'import course_lib.cli' 2> /dev/null; then
  newest=""
  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || continue
    newest=$candidate
    break
  done
  if [ -z "$newest" ]; then
    install python3.11 python3.11-venv # Ubuntu 22.04 has it beside its own 3.10
    newest=python3.11
  fi
  "$newest" -m venv "$root/venv"
  "$python" -m pip install --quiet --editable "$root/source"
fi
"$python" -m course_lib grade --help > /dev/null
