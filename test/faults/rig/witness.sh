#!/bin/sh
# A run that proves by itself how it was run: sh witness.sh WITNESS RUN SECONDS.
# The directory that it makes exists while it runs, so that making it twice at a time fails; each line below is one append.
if ! mkdir "$1/running.$2" 2>/dev/null; then
  echo "twice $2" >>"$1/stamps"
  exit 9
fi
echo "start $2" >>"$1/stamps"
sleep "$3"
echo "{\"square\": $(($2 * $2))}" >results.json
echo "done by $2"
rmdir "$1/running.$2"
echo "end $2" >>"$1/stamps"
