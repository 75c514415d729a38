import type { SweepHeader } from '../../sweepDirectory/header.ts';
import { attemptNames, runNames, sweepNames } from '../../sweepDirectory/layout.ts';
import { unreachable } from '../../unreachable.ts';
import { quote } from '../quote.ts';
import { parallelInTask, type SlurmOptions } from './slurmOptions.ts';

/** What a task script is made from. */
export interface TaskScriptOptions {
  readonly header: Pick<SweepHeader, 'inputs' | 'templates' | 'policy'>;
  readonly slurm: SlurmOptions;
  /** Where the sweep's inputs are kept, relative to the sweep directory; empty for the sweep directory itself. */
  readonly store: string;
  /** What to tell a person about how the script is submitted. */
  readonly submittedAs: string;
}

/**
 * The script of an array's tasks, for any POSIX shell: it does on a node what the local launcher does here, with nothing but
 * that shell, a few programs that every system has, and the shared file system. What differs from run to run stands in
 * the job's files `runs` and `table`: see payload.ts.
 *
 * The file `started` of a run directory holds the job, the task, how often Slurm had started the task before, the node and
 * the process id; `ended-by` says who ended the run, where it did not end by itself: `timeout` or `slurm`.
 */
export function taskScript({ header, slurm, store, submittedAs }: TaskScriptOptions): string {
  const { timeout, gracePeriodMs } = header.policy;
  const timeoutSeconds = timeout !== null && 'ms' in timeout ? timeout.ms / 1000 : undefined;
  const given = [...header.inputs, ...header.templates].map(({ name }) => name);
  const givenWords = given.map(quote).join(' ');
  return `#!/bin/sh
# One task of a Slurm job array: executes its runs of a Multirun sweep. Written by Multirun for this job alone.
# Submitted as: ${submittedAs}
sweep=$1 job=$1/${sweepNames.slurm}/jobs/$2
array=\${SLURM_ARRAY_JOB_ID:-\${SLURM_JOB_ID:-0}} task=\${SLURM_ARRAY_TASK_ID:-0} restart=\${SLURM_RESTART_COUNT:-0}
node=\${SLURMD_NODENAME:-$(uname -n)} grace=${gracePeriodMs / 1000}
${loginShell(slurm)}
export PYTHONPATH="$sweep/${sweepNames.slurm}/runSide/python\${PYTHONPATH:+:$PYTHONPATH}"
export NODE_PATH="$sweep/${sweepNames.slurm}/runSide/node\${NODE_PATH:+:$NODE_PATH}"
export PYTHONUNBUFFERED="\${PYTHONUNBUFFERED-1}"

# What every run finds in its directory.
inputs() {
${inputLines(header.inputs, store)}
}

# What an earlier attempt left goes to attempts/N, under another name until it is complete.
put_away() {
  n=1
  while [ -e "${runNames.attempts}/$n" ]; do n=$((n + 1)); done
  mkdir -p "${runNames.attempts}/.$n"
  for f in ${attemptNames.map(quote).join(' ')}; do
    [ ! -e "$f" ] || mv "$f" "${runNames.attempts}/.$n/"
  done
  for f in ${givenWords}; do
    if [ -L "$f" ]; then
      rm -f "$f"
    elif [ -e "$f" ]; then
      case $f in */*) mkdir -p "${runNames.attempts}/.$n/\${f%/*}" ;; esac
      mv "$f" "${runNames.attempts}/.$n/$f"
    fi
  done
  mv "${runNames.attempts}/.$n" "${runNames.attempts}/$n"
}

# Whether this very task has brought the run to its end before Slurm started it again.
is_done() {
  [ -s ${runNames.exit} ] && [ ! -e ${runNames.endedBy} ] && read -r a t rest <${runNames.started} &&
    [ "$a $t" = "$array $task" ]
} 2>/dev/null

# A process and all that it started, itself first.
tree() {
  all=" $1 " news=$1 table=$(ps -A -o pid= -o ppid= 2>/dev/null)
  while [ -n "$news" ]; do
    parents=" $news " news=
    while read -r p q; do
      case $parents in *" $q "*) case $all in *" $p "*) ;; *) news="$news $p" all="$all$p " ;; esac ;; esac
    done <<TABLE
$table
TABLE
  done
  echo "$all"
}

# Ends the run of a process because of $2.
end_run() {
  [ -z "$2" ] || [ -e ${runNames.endedBy} ] || echo "$2" >${runNames.endedBy}
  victims=$(tree "$1")
  kill -TERM $victims 2>/dev/null
  kill -CONT $victims 2>/dev/null
  sleep "$grace"
  kill -KILL $victims 2>/dev/null
}

# Executes a run: its directory's name, its id. What it is given, and its command, are the functions of these names.
run() {
  if [ "$workers" -gt 1 ] && ! mkdir "$claims/$2" 2>/dev/null; then return; fi
  if [ -n "$terminated" ] || [ -e "$sweep/${sweepNames.slurm}/cancelled/$2" ]; then return; fi
  cd "$sweep/${sweepNames.runDirectories}/$1" || { bad=1; return; }
  if is_done; then return; fi
  if [ -e ${runNames.stdout} ]; then
    put_away
  elif [ -e ${runNames.params} ]; then
    rm -rf ${[runNames.params, givenWords].join(' ').trim()}
  fi
  { given && inputs; } 2>${runNames.stderr} || { give_up 126; return; }
  if [ -n "$setup_failed" ]; then
    cat "$claims/setup.log" >>${runNames.stderr}
    echo "multirun: the setup of the task failed with exit code $setup_failed" >>${runNames.stderr}
    give_up "$setup_failed"
    return
  fi
  ( start ) >${runNames.stdout} 2>${runNames.stderr} </dev/null &
  pid=$! current=$2
  echo "$array $task $restart $node $pid" >${runNames.started}
${timeoutSeconds === undefined ? '' : clockLines(timeoutSeconds)}  wait "$pid"
  code=$?
  while [ "$code" -gt 128 ] && kill -0 "$pid" 2>/dev/null; do
    wait "$pid"
    code=$?
  done
  # What ends the whole task may reach the run a moment before this shell.
  [ "$code" -ne 143 ] || [ -n "$terminated" ] || [ -e ${runNames.endedBy} ] || sleep 1
  current=
${timeoutSeconds === undefined ? '' : `  [ -e ${runNames.endedBy} ] || kill "$clock" 2>/dev/null\n`}  [ -z "$terminated" ] || [ -e ${runNames.endedBy} ] || echo slurm >${runNames.endedBy}
  [ "$code" -eq 0 ] || bad=1
  echo "$code" >${runNames.exit}
}

# The run never began: nothing but its log tells why.
give_up() {
  bad=1
  : >${runNames.stdout}
  echo "$array $task $restart $node 0" >${runNames.started}
  echo "$1" >${runNames.exit}
}

# Makes the directories of these runs.
make() {
  cd "$sweep/${sweepNames.runDirectories}" && mkdir -p "$@"
}

# A person ends one run of the task and not the others: which one is told by a file.
look() {
  # A trap shares its variables with what it interrupts, which waits for $worker.
  for told in $worker_pids; do kill -USR1 "$told" 2>/dev/null; done
  [ -n "$current" ] && [ -e "$sweep/${sweepNames.slurm}/cancelled/$current" ] || return 0
  ( trap - TERM USR1; end_run "$pid" "" ) >/dev/null 2>&1 </dev/null &
}

# The task's line of the table tells where its runs begin in the file of all runs, and how long they are.
main() {
  set -- $(sed -n "$((task + 1))p" "$job/table")
  runs=$(tail -c "+$(($1 + 1))" "$job/runs" | head -c "$2")
  workers=${parallelInTask(slurm)}
  if [ "$workers" -eq 1 ]; then
    eval "$runs"
  else
    for i in $(seq "$workers"); do
      ( trap 'look' USR1; trap 'terminated=1' TERM; trap - EXIT; worker_pids=; eval "$runs"; [ -z "$bad" ] ) &
      worker_pids="$worker_pids $!"
    done
    for worker in $worker_pids; do
      wait "$worker"
      code=$?
      while [ "$code" -gt 128 ] && kill -0 "$worker" 2>/dev/null; do
        wait "$worker"
        code=$?
      done
      [ "$code" -eq 0 ] || bad=1
    done
  fi
  cd /
  rm -rf "$claims"
  [ -z "$bad" ]
}

terminated= current= bad= setup_failed= worker_pids=
# Slurm ends the task: every process of it gets the same signal. Nothing more is started.
trap 'terminated=1' TERM
trap 'look' USR1
claims=\${TMPDIR:-/tmp}/multirun-$array-$task-$restart-$$
mkdir -m 700 "$claims" || exit 1
${setupLines(slurm)}main
`;
}

/** What loads modules and activates environments wants the shell that a person has: bash, after it has logged in. */
function loginShell({ setup }: SlurmOptions): string {
  if (setup.length === 0) return '';
  return `if [ -z "\${MULTIRUN_LOGIN-}" ] && command -v bash >/dev/null 2>&1; then
  MULTIRUN_LOGIN=1 exec bash -l "$0" "$@"
fi
unset MULTIRUN_LOGIN
command -v source >/dev/null 2>&1 || source() { . "$@"; }`;
}

/** Runs the setup in this shell, so that what it sets stays; the first command that fails ends it. */
function setupLines({ setup }: SlurmOptions): string {
  if (setup.length === 0) return '';
  return `setup() {
${setup.map((line) => `${line}\n{ setup_failed=$?; [ "$setup_failed" -eq 0 ] || return "$setup_failed"; }`).join('\n')}
}
# A shell may end over a command that fails: then the runs are told so all the same.
trap 'trap - EXIT; main; exit' EXIT
setup_failed=1
setup >"$claims/setup.log" 2>&1 && setup_failed=
trap - EXIT
`;
}

/** Ends a run that takes too long, unless it is told that the run has ended. */
function clockLines(seconds: number): string {
  return `  (
    trap 'kill "$sleeping" 2>/dev/null; exit' TERM
    sleep ${seconds} &
    sleeping=$!
    wait "$sleeping"
    trap - TERM USR1
    end_run "$pid" timeout
  ) >/dev/null 2>&1 </dev/null &
  clock=$!
`;
}

function inputLines(inputs: SweepHeader['inputs'], store: string): string {
  if (inputs.length === 0) return '  :';
  return inputs
    .map(({ path, linkage, name }) => {
      const folder = name.includes('/') ? `mkdir -p ${quote(name.slice(0, name.lastIndexOf('/')))} && ` : '';
      switch (linkage) {
        case 'copy':
          return `  ${folder}cp -RLp ${quote(path)} ${quote(name)} || return`;
        case 'shared': {
          const up = '../'.repeat(2 + name.split('/').length - 1);
          const stored = [store, sweepNames.inputs, name].filter(Boolean).join('/');
          return `  ${folder}ln -s ${quote(`${up}${stored}`)} ${quote(name)} || return`;
        }
        case 'link':
          return `  ${folder}ln -s ${quote(path)} ${quote(name)} || return`;
        default:
          return unreachable(linkage);
      }
    })
    .join('\n');
}
