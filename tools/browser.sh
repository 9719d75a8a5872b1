#!/bin/sh
# Makes sure that the browser tests find a Chromium: the machine's own, else Debian's package, else Playwright's.
set -u
cd "$(dirname "$0")/.." || exit 1

found() { .venv/bin/python -c 'from tests.browser.chromium import chromium_path as p; raise SystemExit(not p())'; }

found && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk fonts-noto-core >/dev/null
    found && exit 0
fi
.venv/bin/python -m playwright install chromium && found && exit 0
echo "The browser tests need Chromium. Install it (Debian: apt install chromium) or set INFIELD_CHROMIUM." >&2
exit 1
