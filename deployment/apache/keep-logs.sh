#!/usr/bin/env bash
# What rotatelogs starts with each file that it opens: of that log 14 files stay, the one just opened among them,
# and older ones go. `export PARK_LOG_FILES=30` where Apache starts (/etc/apache2/envvars) keeps others.
set -euo pipefail
opened=$1 log=${1%.*} others=()
for file in "$log".[0-9]*; do # by name, which is by time
  [[ $file == "$opened" ]] || others+=("$file")
done
surplus=$((${#others[@]} + 1 - ${PARK_LOG_FILES:-14}))
((surplus <= 0)) || rm -f -- "${others[@]:0:surplus}"
