/**
 * The door to VS Code's server. The server itself listens on a socket file that only this user can open; this is the port in
 * front of it, because a port on 127.0.0.1 is open to everybody who works on the same machine.
 *
 * A short address with a secret, `http://127.0.0.1:7117/q3kP…`, hands out a cookie and leads on to the workbench's own long
 * address. Everything else is passed through to who has the cookie.
 */
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** What is shown in a window. Paths are absolute. */
export interface Window {
  /** The workspace folder. */
  readonly folder?: string;
  /** The folder of an extension under development. Like `tests`, for a server with `automation` only. */
  readonly extension?: string;
  /** A test suite to run in the extension host: the file that exports `run`. */
  readonly tests?: string;
}

export interface FrontDoor {
  readonly port: number;
  /** The address of a window; without one, of the `home` window. */
  url(window?: Window): string;
  close(): void;
}

/** Opens the door. With a port that is taken, or none, the system chooses one. */
export async function openFrontDoor(socketPath: string, port = 0, home: Window = {}): Promise<FrontDoor> {
  const secret = randomBytes(12).toString('base64url');
  const server = http.createServer();
  const address = await listen(server, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return listen(server, 0);
  });
  // Cookies are for all ports of a host, hence the port in the name.
  const cookie = `multirun-${address.port}=${secret}`;
  const isKnown = (request: http.IncomingMessage) =>
    (request.headers.cookie ?? '').split(/; */).includes(cookie);

  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === `/${secret}`) {
      const window = url.search === '' ? home : Object.fromEntries(url.searchParams);
      response.setHeader('Set-Cookie', `${cookie}; HttpOnly; SameSite=Lax; Path=/`);
      response.writeHead(302, { Location: workbenchPath(window, request.headers.host ?? '') }).end();
    } else if (!isKnown(request)) {
      response
        .writeHead(403, { 'Content-Type': 'text/plain' })
        .end('Open the full address that was printed.\n');
    } else {
      passRequest(socketPath, request, response);
    }
  });
  server.on('upgrade', (request, socket, head) => {
    if (isKnown(request)) passUpgrade(socketPath, request, socket, head);
    else socket.destroy();
  });

  return {
    port: address.port,
    url: (window) => `http://127.0.0.1:${address.port}/${secret}${window ? `?${query(window)}` : ''}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listen(server: http.Server, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

/** The workbench's own address. The host is the one that the browser used: a forwarded port has another number there. */
function workbenchPath({ folder, extension, tests }: Window, host: string): string {
  const remote = (file: string) => `vscode-remote://${host}${encodeURI(file)}`;
  const payload = [
    ...(extension ? [['extensionDevelopmentPath', remote(extension)]] : []),
    ...(tests ? [['extensionTestsPath', remote(tests)]] : []),
  ];
  return `/?${query({
    ...(folder ? { folder } : {}),
    ...(payload.length > 0 ? { payload: JSON.stringify(payload) } : {}),
  })}`;
}

function query(values: object): string {
  return new URLSearchParams(Object.entries(values) as [string, string][]).toString();
}

function passRequest(socketPath: string, request: http.IncomingMessage, response: http.ServerResponse): void {
  const { method, url, headers } = request;
  const passed = http.request({ socketPath, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', () => response.destroy());
  request.pipe(passed);
}

function passUpgrade(socketPath: string, request: http.IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method, url, headers } = request;
  const passed = http.request({ socketPath, method, path: url, headers });
  const destroyBoth = (other: Duplex) => () => {
    socket.destroy();
    other.destroy();
  };
  passed.on('upgrade', (answer, upstream, upstreamHead) => {
    const lines = answer.rawHeaders.flatMap((name, index, all) =>
      index % 2 ? [] : `${name}: ${all[index + 1]}`,
    );
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
    upstream.unshift(upstreamHead);
    socket.unshift(head);
    for (const end of [socket, upstream])
      end.on('error', destroyBoth(upstream)).on('close', destroyBoth(upstream));
    upstream.pipe(socket).pipe(upstream);
  });
  passed.on('response', () => socket.destroy());
  passed.on('error', () => socket.destroy());
  socket.on('error', () => passed.destroy());
  passed.end();
}
