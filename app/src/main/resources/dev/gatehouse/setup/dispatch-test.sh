#!/usr/bin/env bash
# Sends one harmless goal to the server and shows what happens. Written by gatehouse init.
#
# The token comes from GATEHOUSE_TOKEN, else from actuate.token beside this script, else you are asked for it.
# The model key comes from ANTHROPIC_API_KEY; a server that rehearses needs none.
# Both reach curl on its standard input: what stands on a command line, every user of this host can read.
set -euo pipefail

url=${GATEHOUSE_URL:-@URL@}
token=${GATEHOUSE_TOKEN:-}
key=${ANTHROPIC_API_KEY:-}
unset GATEHOUSE_TOKEN ANTHROPIC_API_KEY

token_file=$(dirname -- "${BASH_SOURCE[0]}")/actuate.token
if [[ -z $token && -r $token_file ]]; then
  IFS= read -r token <"$token_file" || true
fi
if [[ -z $token ]]; then
  IFS= read -r -s -p 'Token: ' token
  echo >&2
fi

headers() {
  printf 'Authorization: Bearer %s\n' "$token"
  if [[ -n $key ]]; then
    printf 'X-Anthropic-Api-Key: %s\n' "$key"
  fi
}

headers | curl -q --no-buffer --silent --show-error --fail-with-body --noproxy 127.0.0.1,localhost,::1 \
  -H @- -H 'Content-Type: application/json' \
  --data '{"goal": "call render and describe the robot", "effect": "observe"}' \
  "$url/dispatch"
