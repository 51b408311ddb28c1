#!/bin/sh
# What both templates run: prices LOGS, against BASE_LOGS where there are any, into COMMENT_FILE.
# Exits 3 when it is over BUDGET, as `mockupaws estimate` does.
set -eu

# What is priced, in a line that nobody sees: comment.py finds the comment of an earlier push by it.
printf '<!-- mockupaws: %s -->\n' "$(printf %s "$LOGS ${PIPELINE:-} ${REGION:-}" | tr -s '[:space:]' ' ')" > "$COMMENT_FILE"

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
mockupaws estimate $LOGS "$@" --markdown >> "$COMMENT_FILE"
