#!/bin/sh
# Makes .venv with a Python that is new enough, and installs what uv.lock says into it.
# A candidate is run, not only looked up: a version manager's shim can stand in PATH for a Python it does not have.
set -u
cd "$(dirname "$0")/.." || exit 1

new_enough='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))'

candidates() {
    [ -n "${INFIELD_PYTHON:-}" ] && echo "$INFIELD_PYTHON"
    printf '%s\n' python3 python3.15 python3.14 python3.13 python3.12
    ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.*/bin/python3 2>/dev/null | sort -t. -k2,2nr -k3,3nr
    ls -d /opt/homebrew/bin/python3.1? /usr/local/bin/python3.1? 2>/dev/null
}

find_python() {
    candidates | while read -r candidate; do
        if "$candidate" -c "$new_enough" >/dev/null 2>&1; then
            echo "$candidate"
            break
        fi
    done
}

if ! .venv/bin/python -c "$new_enough" >/dev/null 2>&1; then
    python=$(find_python)
    if [ -z "$python" ]; then
        echo "Infield needs Python 3.12 or newer, with its venv module, and found none." >&2
        echo "Install one (Debian and Ubuntu: apt install python3 python3-venv; macOS: brew install python;" >&2
        echo "anywhere: pyenv install 3.13), or name one: INFIELD_PYTHON=/path/to/python3 make setup" >&2
        exit 1
    fi
    echo "Python: $("$python" -c 'import sys; print(sys.executable, sys.version.split()[0])')"
    "$python" -m venv --clear .venv || exit 1
fi

# uv lives in .venv itself, so that nothing is left on the machine
.venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip -q || exit 1
[ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9' || exit 1
UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv \
    .venv/bin/uv sync --locked --quiet --compile-bytecode --python .venv/bin/python || exit 1
# compiled once here, so that every command starts fast even where Python may not write beside its sources
.venv/bin/python -m compileall -q src
# the texts of four languages
.venv/bin/python -m tools.messages compile || exit 1
# the font of the app; pages look well without it too
.venv/bin/python tools/font.py >/dev/null || echo "The font was not made; pages use the fonts of the machine." >&2
