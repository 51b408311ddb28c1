#!/usr/bin/env bash
# The shippers that tests run and that neither PyPI nor npm has, from Debian's or Ubuntu's packages into a folder.
# They are unpacked, not installed: they conflict with each other, and either would take over the machine's own logging.
set -euo pipefail
into=$(realpath -m "$1")
for packages in "syslog-ng-core syslog-ng-mod-http" "rsyslog rsyslog-elasticsearch"; do
  folder=$into/${packages%% *}
  mkdir -p "$folder/archives/partial"
  # shellcheck disable=SC2086 # several packages
  if ! LC_ALL=C apt-get install -qq -y --download-only --reinstall --no-install-recommends \
      -o Debug::NoLocking=1 -o Dir::Cache::archives="$folder/archives" $packages >"$folder/apt.log" 2>&1; then
    tail -3 "$folder/apt.log" >&2
    echo "$packages can't be fetched: is there apt-get here, and was 'apt-get update' run (as root)?" >&2
    exit 1
  fi
  for archive in "$folder"/archives/*.deb; do dpkg-deb -x "$archive" "$folder"; done
done
