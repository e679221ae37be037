#!/usr/bin/env bash
# Sums up a web server's log and writes what it found to a file as well:
#   cloche run examples/log-summary.sh --file examples/data/access.log:access.log --out report
set -euo pipefail

log=${1:-access.log}
declare -A requests_by_status bytes_by_path
requests=0

# 192.0.2.7 - - [23/Nov/2026:10:15:32 +0000] "GET /index.html HTTP/1.1" 200 5120
pattern='^[^ ]+ [^ ]+ [^ ]+ \[[^]]+\] "[A-Z]+ ([^ ]+) [^"]+" ([0-9]{3}) ([0-9]+)$'

while IFS= read -r line; do
  if [[ ! $line =~ $pattern ]]; then
    echo "skipped: $line" >&2
    continue
  fi
  path=${BASH_REMATCH[1]} status=${BASH_REMATCH[2]} bytes=${BASH_REMATCH[3]}
  requests=$((requests + 1))
  requests_by_status[$status]=$((${requests_by_status[$status]:-0} + 1))
  bytes_by_path[$path]=$((${bytes_by_path[$path]:-0} + bytes))
done <"$log"

echo "$requests requests"
for status in $(printf '%s\n' "${!requests_by_status[@]}" | sort); do
  printf '  status %s  %3d\n' "$status" "${requests_by_status[$status]}"
done

echo 'Bytes by path'
for path in "${!bytes_by_path[@]}"; do
  printf '%d %s\n' "${bytes_by_path[$path]}" "$path"
done | sort -k1,1nr -k2 | tee bytes-by-path.txt | sed 's/^/  /'
