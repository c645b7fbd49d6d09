import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { closedPort, startRaw } from '../../http/servers.ts';
import type { Keep, Make } from '../row.ts';
import { asked } from './answers.ts';

/** A name that no resolver asks a DNS server for, its label being too long: it is unknown without any network. */
export const unknownName = `${'speckle-'.repeat(8)}.invalid`;

/** Nobody listens. */
export const refused: Make = async () => ({
  inputs: { server: `http://127.0.0.1:${await closedPort()}` },
});

/** A connection that is reset as soon as it stands. */
export const resetAtOnce: Make = async (keep) => ({
  inputs: asked(await keep(startRaw((socket) => socket.resetAndDestroy()))),
});

/** The broadcast address takes no connection. */
export const noWay: Make = async () => ({ inputs: { server: 'https://255.255.255.255' } });

export const notAccepted: Make = async (keep) => ({
  inputs: { server: `http://127.0.0.1:${await sleepingPort(keep)}` },
});

export const unknown: Make = async () => ({ inputs: { server: `https://${unknownName}` } });

/**
 * A resolver that does this, in place of the system's: there is no other way to make it fail on one machine.
 * @param lookup the body of a function of `name, options, found, system`
 */
export function resolver(lookup: string): Record<string, string> {
  const script = `
    import dns from 'node:dns';
    import { syncBuiltinESMExports } from 'node:module';
    const system = dns.lookup;
    const failed = (code) => Object.assign(new Error(code), { code });
    let times = 0;
    dns.lookup = (name, options, found) => { times++; ${lookup} };
    syncBuiltinESMExports();`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
}

/** A port at which the system takes no more connections: nobody accepts those that wait. */
export async function sleepingPort(keep: Keep): Promise<number> {
  const script = `
    const { parentPort } = require('node:worker_threads');
    const server = require('node:net').createServer();
    server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
      parentPort.postMessage(server.address().port);
      setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
    });`;
  const worker = new Worker(script, { eval: true });
  await keep(Promise.resolve({ close: () => worker.terminate() }));
  const [port] = (await once(worker, 'message')) as [number];
  for (let isFull = false; !isFull;) {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    await keep(Promise.resolve({ close: async () => socket.destroy() }));
    isFull = await Promise.race([once(socket, 'connect').then(() => false), wait(300, true)]);
  }
  return port;
}
