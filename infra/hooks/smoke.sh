#!/bin/sh
# Looks at a deployed bank from outside: smoke.sh <url with a slash at the end>. An app that has just been deployed takes a while to answer.
set -eu
url=$1

# It runs and has its tables, blobs, queues, clock and keys; a fault of the settings stops the start and is seen here.
curl --fail --silent --show-error --max-time 30 --retry 20 --retry-delay 15 --retry-all-errors --retry-max-time 420 "${url}api/health/ready" | grep -q '"ready"'
# It serves the API of this commit's kind, and nobody without a token.
curl --fail --silent --show-error --max-time 30 "${url}api/openapi.json" | grep -q '"openapi"'
status=$(curl --silent --output /dev/null --max-time 30 --write-out '%{http_code}' "${url}api/v1/accounts")
[ "$status" = 401 ] || { echo "GET api/v1/accounts without a token was answered $status" >&2; exit 1; }
# What only one machine has is not there.
status=$(curl --silent --output /dev/null --max-time 30 --write-out '%{http_code}' "${url}admin/clock")
[ "$status" = 401 ] || [ "$status" = 403 ] || [ "$status" = 404 ] || { echo "GET admin/clock was answered $status" >&2; exit 1; }
echo "The bank at $url serves."
