#!/bin/bash
# A Slurm of its own on this machine: a controller and nodes, all state below $SLURM_TEST_ROOT, loopback only. Needs root, no
# systemd, no cgroups. Running it again brings back what was killed. Debian: slurmctld slurmd slurm-client
# slurm-wlm-basic-plugins munge. Then `. $SLURM_TEST_ROOT/env.sh` and use sinfo, sbatch …
#
# NODES and CPUS (fake ones) size the cluster, MAXARRAY is its MaxArraySize, PORT the first of 20 ports that it may use.
set -euo pipefail
root=${SLURM_TEST_ROOT:?set it to a folder for all of its state}
nodes=${NODES:-2} cpus=${CPUS:-64} port=${PORT:-16800} max_array=${MAXARRAY:-10001}
munge=$root/munge
mkdir -p "$root"/{log,run,ctld,munge,etc}
chmod 755 "$root" "$root"/*
chmod 700 "$root/ctld"

# Whether the process of a pid file lives. `kill -0` succeeds on a zombie.
alive() {
  [ -s "$1" ] || return 1
  local state
  state=$(sed 's/.*) //' "/proc/$(cat "$1")/stat" 2>/dev/null) && [ -n "$state" ] && [ "${state%% *}" != Z ]
}

# munged refuses folders that others may write to, as /tmp is: hence --force.
[ -s "$munge/key" ] || { dd if=/dev/urandom of="$munge/key" bs=1024 count=1 status=none; chmod 600 "$munge/key"; }
if ! alive "$munge/pid"; then
  rm -f "$munge"/socket* "$munge/pid"
  munged --force --key-file="$munge/key" --socket="$munge/socket" --pid-file="$munge/pid" --log-file="$munge/log" \
    --seed-file="$munge/seed" --num-threads=4 2>>"$root/log/munged.out"
fi

{
  cat <<CONF
ClusterName=multirun-test
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
# A task that is put back into the queue waits until the credential of its last start is old.
AuthInfo=socket=$munge/socket,cred_expire=5
CredType=cred/munge
SlurmctldPort=$port
SlurmctldPidFile=$root/run/slurmctld.pid
SlurmdPidFile=$root/run/slurmd.%n.pid
StateSaveLocation=$root/ctld
SlurmdSpoolDir=$root/spool.%n
SlurmctldLogFile=$root/log/slurmctld.log
SlurmdLogFile=$root/log/slurmd.%n.log
SlurmdParameters=config_overrides
CommunicationParameters=NoAddrCache,NoCtldInAddrAny,NoInAddrAny
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
MailProg=/bin/true
ReturnToService=2
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0,defer_batch=0,bf_interval=1,default_queue_depth=1000,partition_job_depth=0,max_rpc_cnt=0
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
MaxJobCount=50000
MaxArraySize=$max_array
MinJobAge=300
InactiveLimit=0
KillWait=2
SlurmctldTimeout=30
SlurmdTimeout=30
MessageTimeout=10
JobRequeue=1
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$root/log/jobcomp.txt
CONF
  for i in $(seq "$nodes"); do
    echo "NodeName=n$i NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$((port + i)) CPUs=$cpus RealMemory=2000 State=UNKNOWN"
  done
  echo "PartitionName=main Nodes=ALL Default=YES LLN=YES MaxTime=INFINITE State=UP OverSubscribe=NO PriorityTier=1"
  # Jobs of this partition take the nodes from those of the other.
  echo "PartitionName=urgent Nodes=ALL MaxTime=INFINITE State=UP OverSubscribe=NO PriorityTier=10 PreemptMode=OFF"
} >"$root/etc/slurm.conf.new"
mv "$root/etc/slurm.conf.new" "$root/etc/slurm.conf"
export SLURM_CONF=$root/etc/slurm.conf
printf 'export SLURM_CONF=%s\n' "$SLURM_CONF" >"$root/env.sh"
touch "$root/log/jobcomp.txt"

alive "$root/run/slurmctld.pid" || slurmctld -f "$SLURM_CONF"
for i in $(seq "$nodes"); do
  mkdir -p "$root/spool.n$i"
  alive "$root/run/slurmd.n$i.pid" || slurmd -N "n$i" -f "$SLURM_CONF"
done

for round in $(seq 100); do
  up=$(sinfo -h -N -p main -o '%N %T' 2>/dev/null | grep -cE ' (idle|mixed|allocated)$' || true)
  [ "$up" = "$nodes" ] && exit 0
  # A node that was killed stays down until somebody says that it is well.
  [ "$round" = 30 ] && for i in $(seq "$nodes"); do scontrol update NodeName="n$i" State=RESUME 2>/dev/null || true; done
  sleep 0.2
done
echo "only $up of $nodes nodes came up" >&2
tail -n 20 "$root"/log/*.log >&2
exit 1
