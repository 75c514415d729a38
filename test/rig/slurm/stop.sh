#!/bin/bash
# Ends the Slurm that start.sh started below $SLURM_TEST_ROOT, by its pid files, and removes its state.
set -u
root=${SLURM_TEST_ROOT:?set it to the folder given to start.sh}
[ -d "$root" ] || exit 0
export SLURM_CONF=$root/etc/slurm.conf
alive() {
  local state
  state=$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null) && [ -n "$state" ] && [ "${state%% *}" != Z ]
}
timeout 5 scancel --full -u root 2>/dev/null
for round in $(seq 50); do
  [ -z "$(timeout 5 squeue -h 2>/dev/null)" ] && break
  sleep 0.1
done
pids=$(cat "$root"/run/slurmd.*.pid "$root/run/slurmctld.pid" "$root/munge/pid" 2>/dev/null)
for pid in $pids; do kill "$pid" 2>/dev/null; done
for round in $(seq 50); do
  left=
  for pid in $pids; do alive "$pid" && left=1; done
  [ -z "$left" ] && break
  sleep 0.1
done
for pid in $pids; do alive "$pid" && kill -9 "$pid"; done
rm -rf "$root"
exit 0
