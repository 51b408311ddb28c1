#!/bin/sh
# What both templates run: prices LOGS under PIPELINE, against what they were in the base, into COMMENT_FILE.
# Exits 3 when it is over BUDGET, as `mockupaws estimate` does. What is wrong with the base fails nothing: the comment says.
#
# The base's are LOGS and PIPELINE as they are in BASE_REF, a branch or commit of `origin`, which is fetched; BASE_LOGS and
# BASE_PIPELINE are for who has them elsewhere.
set -eu
export GIT_TERMINAL_PROMPT=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# estimate OPTION… -- FILE…
estimate() {
  mockupaws estimate --region "${REGION:-us-east-1}" ${EVENTS_PER_MONTH:+--events-per-month "$EVENTS_PER_MONTH"} "$@" \
    < /dev/null
}

# The base's files, into $scratch/base. The user's refs and index stay as they are, and a shallow repository as deep as it is:
# who fetches one commit of it notes that history ends there, which would cut it short for the job's later steps.
fetch_base() {
  shallow=$(git rev-parse --git-path shallow) || return
  depth=""
  [ ! -f "$shallow" ] || { depth=1; cp "$shallow" "$scratch/shallow"; }
  git fetch --quiet --no-tags --refmap= --no-recurse-submodules ${depth:+--depth 1} -- origin "$BASE_REF" || return
  [ -z "$depth" ] || cp "$scratch/shallow" "$shallow"
  # From the top: elsewhere only what is below would be written.
  top=$(git rev-parse --show-toplevel)
  GIT_INDEX_FILE=$scratch/index git -C "$top" read-tree FETCH_HEAD || return
  GIT_INDEX_FILE=$scratch/index git -C "$top" checkout-index --quiet --all --prefix="$scratch/base/"
}

# The base's month, into $scratch/base.json; says why there is none.
price_base() {
  missing=""
  [ -n "${BASE_LOGS:-}" ] || missing=" $LOGS"
  [ -z "${PIPELINE:-}" ] || [ -n "${BASE_PIPELINE:-}" ] || missing="$missing $PIPELINE"
  if [ -n "$missing" ]; then
    [ -n "${BASE_REF:-}" ] || { echo "it isn't said where the base's$missing is"; return; }
    case $missing in *" /"*) echo "an absolute path names no file of the base"; return ;; esac
    fetch_base >&2 || { echo "the base, \`$BASE_REF\`, could not be fetched (the job's log says why)"; return; }
    base=$scratch/base/$(git rev-parse --show-prefix)
  fi
  design=${BASE_PIPELINE:-${PIPELINE:+$base$PIPELINE}}
  [ -z "$design" ] || [ -f "$design" ] || { echo "the base has no \`${BASE_PIPELINE:-$PIPELINE}\`"; return; }
  case $design in "" | /*) ;; *) design=$PWD/$design ;; esac
  [ -n "${BASE_LOGS:-}" ] || cd "$base" 2> /dev/null || { echo "the base has no \`$LOGS\`"; return; }
  set --
  # What the base hasn't got yet is an addition, as long as it has something.
  for file in ${BASE_LOGS:-$LOGS}; do
    [ ! -e "$file" ] || set -- "$@" "$file"
  done
  [ $# != 0 ] || { echo "the base has no \`${BASE_LOGS:-$LOGS}\`"; return; }
  estimate ${design:+--pipeline "$design"} --json -- "$@" > "$scratch/base.json" ||
    echo "the base could not be priced (the job's log says why)"
}

# What is priced, in a line that nobody sees: comment.py finds the comment of an earlier push by it.
printf '<!-- mockupaws: %s -->\n' "$(printf %s "$LOGS ${PIPELINE:-} ${REGION:-}" | tr -s '[:space:]' ' ')" > "$COMMENT_FILE"

uncompared=""
set --
if [ -n "${BASE_REF:-}${BASE_LOGS:-}${BASE_PIPELINE:-}" ]; then
  uncompared=$(price_base) || uncompared="the base could not be priced (the job's log says why)"
  [ -n "$uncompared" ] || set -- --baseline "$scratch/base.json"
fi
code=0
# LOGS may be several files and patterns, so it is split; after the dashes none of them is an option, however it is called.
# shellcheck disable=SC2086
estimate "$@" ${PIPELINE:+--pipeline "$PIPELINE"} ${BUDGET:+--budget "$BUDGET"} --markdown -- $LOGS >> "$COMMENT_FILE" ||
  code=$?
[ -z "$uncompared" ] || printf '\nNot compared: %s.\n' "$uncompared" >> "$COMMENT_FILE"
exit "$code"
