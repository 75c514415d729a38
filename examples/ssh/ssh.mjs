// Brings `runner: {type: ssh}`: runs on other machines, each through GNU parallel's --sshlogin. They must see the sweep directory
// under the same path, as machines with a shared home do, and let you in without a password.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What a sweep file may say, with the defaults: the lines of an sshloginfile, or where there is one. */
const defaults = { hosts: undefined, sshloginfile: join(homedir(), '.parallel', 'sshloginfile') };
/** What a run's helpers are found by is the same on all machines; the rest of the environment is each machine's own. */
const passedOn = ['PYTHONPATH', 'NODE_PATH', 'PYTHONUNBUFFERED'];

/** Registers the runner: the default export of a runner module gets the runner API. */
export default function register({ registerRunner, ParallelLocalRunner, MultirunError, quote }) {
  registerRunner('ssh', ({ maxParallel, options, env }) => {
    const unknown = Object.keys(options).find((name) => !(name in defaults));
    if (unknown !== undefined) throw refused(`runner.${unknown}: ssh has no such option`);
    const { hosts, sshloginfile } = { ...defaults, ...options };
    const places = placesOf([hosts ?? textOf(sshloginfile)].flat());
    if (places.length === 0) throw refused('there is no host; name some in runner.hosts, such as 4/me@host');

    return new ParallelLocalRunner({
      maxParallel: Math.min(maxParallel, places.length),
      env,
      commandFor(command, slot) {
        const login = places[slot % places.length];
        const inherited = passedOn.flatMap((name) => (name in env ? [[name, env[name]]] : []));
        const variables = [...inherited, ...Object.entries(command.env)];
        const script = [
          `cd ${quote(command.directory)}`,
          `export ${variables.map(([name, value]) => `${name}=${quote(value)}`).join(' ')}`,
          `exec ${command.argv.map(quote).join(' ')}`,
        ].join(' && ');
        // One job: what it prints is passed on at once, and its exit code is parallel's own.
        const flags = ['--sshlogin', `1/${login}`, '--null', '--ungroup', '--halt', 'now,fail=1'];
        // As an input, not as a template, in which parallel would replace {}; NUL ends it, so that lines may break.
        const argv = ['parallel', ...flags, ':::', `exec /bin/sh -c ${quote(script)}`];
        return { ...command, argv, node: nameOf(login) };
      },
    });
  });

  function textOf(path) {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      throw refused(
        `runner.sshloginfile cannot be read (${error.message}); or name the hosts in runner.hosts`,
      );
    }
  }

  function refused(message) {
    return new MultirunError('invalid-argument', message);
  }
}

/** What a login is called: `host` of `ssh -p 22 me@host`, this machine for `:`. */
function nameOf(login) {
  return login === ':' ? 'localhost' : login.split(/\s+/).at(-1).replace(/^.*@/, '');
}

/** The logins of such lines, each as often as it has places: `4/host` has four. */
function placesOf(lines) {
  return lines
    .flatMap((line) => String(line).split('\n'))
    .flatMap((line) => {
      const [, count = '1', login = ''] = /^(?:(\d+)\/)?(.*)$/.exec(line.replace(/(^|\s)#.*/, '').trim());
      return Array(login === '' ? 0 : Number(count)).fill(login);
    });
}
