#!/bin/sh
# Says what is missing before anything else can fail in a less friendly way.
fail() { printf '\nserverless: %s\n\n' "$1" >&2; exit 1; }

command -v node >/dev/null 2>&1 || fail "Node.js is missing. Install Node 20 or newer, then run this again."
major=$(node -p 'process.versions.node.split(".")[0]')
[ "$major" -ge 20 ] || fail "Node.js $(node --version) is too old. Install Node 20 or newer, then run this again."
command -v npm >/dev/null 2>&1 || fail "npm is missing. It comes with Node.js; install both, then run this again."
command -v dotnet >/dev/null 2>&1 || fail "The .NET SDK is missing. Install the .NET 10 SDK, then run this again."
dotnet --version >/dev/null 2>&1 || fail "No .NET 10 SDK found (installed: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ')). Install the .NET 10 SDK, then run this again."
