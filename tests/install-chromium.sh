#!/bin/sh
# Installs Chromium for the browser tests where that can be done without asking: on Debian or Ubuntu, as root.
# Quiet and safe to run again. Never fails: without a browser those tests are skipped and say why.
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done

how='Browser tests will be skipped: install Chromium (chromium, chromium-browser or google-chrome on PATH) to run them.'
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "$how"
  command -v apt-get >/dev/null 2>&1 && echo '  sudo apt-get install -y chromium'
  exit 0
fi

log=$(mktemp)
echo 'Installing Chromium for the browser tests ...'
if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >"$log" 2>&1 \
  || ! command -v chromium >/dev/null 2>&1; then
  tail -n 3 "$log"
  echo "$how"
fi
rm -f "$log"
exit 0
