#!/bin/sh
# A run that proves by itself how it was run: sh witness.sh WITNESS RUN SECONDS.
# It holds a lock while it lives, so that a second process of the same run is found out; each stamp is one append.
set -e
exec 9>"$1/lock.$2"
if ! flock -n 9; then
  echo "twice $2" >>"$1/stamps"
  exit 9
fi
echo "start $2" >>"$1/stamps"
sleep "$3" 9>&-
echo "{\"square\": $(($2 * $2))}" >results.json
echo "done by $2"
echo "end $2" >>"$1/stamps"
