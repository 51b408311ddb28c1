#!/bin/sh
# What both templates run: prices LOGS, against BASE_LOGS where there are any, into COMMENT_FILE.
# Exits 3 when it is over BUDGET, as `mockupaws estimate` does.
set -eu

set -- --region "${REGION:-us-east-1}"
[ -z "${PIPELINE:-}" ] || set -- "$@" --pipeline "$PIPELINE"
[ -z "${EVENTS_PER_MONTH:-}" ] || set -- "$@" --events-per-month "$EVENTS_PER_MONTH"

# LOGS may name several files, so it is split at spaces.
if [ -n "${BASE_LOGS:-}" ]; then
  # shellcheck disable=SC2086
  mockupaws estimate $BASE_LOGS "$@" --json > "$COMMENT_FILE.base.json"
  set -- "$@" --baseline "$COMMENT_FILE.base.json"
fi
[ -z "${BUDGET:-}" ] || set -- "$@" --budget "$BUDGET"
# shellcheck disable=SC2086
mockupaws estimate $LOGS "$@" --markdown > "$COMMENT_FILE"
