# Sourced by ./run, ./test and ./terang: brings .venv to the state the lock file names. Needs only Python and pip.
# prepare app   what serving and the commands need        prepare all   the tests' tools and Spark as well

UV_VERSION=0.13.9

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

find_python() {
  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null; then
      "$candidate" -c 'import sys; print(sys.executable)'
      return
    fi
  done
  say "Terang memerlukan Python 3.11–3.14. Pasang dahulu, misalnya: apt-get install python3 python3-pip"
  return 1
}

prepare() {
  local want=$1 stamp python
  stamp="$ROOT/.venv/.prepared-$want-$(cat "$ROOT/uv.lock" "$ROOT/pyproject.toml" "$ROOT/scripts/prepare.sh" | sha256sum | cut -c1-16)"
  [ -e "$stamp" ] && return
  python=$(find_python)
  local uv="$ROOT/.tools/uv-$UV_VERSION"
  if [ ! -x "$uv/bin/uv" ]; then
    say "Menyiapkan alat…"
    "$python" -m pip --version >/dev/null 2>&1 || { say "pip belum ada. Pasang dahulu, misalnya: apt-get install python3-pip"; return 1; }
    "$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-warn-script-location \
      --target "$uv" "uv==$UV_VERSION"
  fi
  say "Memasang pustaka…"
  local extras=(--no-dev)
  [ "$want" = all ] && extras=(--extra spark)
  "$uv/bin/uv" sync --project "$ROOT" --python "$python" --frozen --inexact --quiet --no-progress "${extras[@]}"
  touch "$stamp"
}
