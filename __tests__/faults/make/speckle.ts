import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from '../../../dev/speckle-server/faults.ts';
import { startSpeckleServer, type Settings, type SpeckleServer } from '../../../dev/speckle-server/server.ts';
import { World, type NewToken, type User } from '../../../dev/speckle-server/world.ts';
import { closedPort } from '../../http/servers.ts';
import type { Make, Situation } from '../row.ts';

/** A Speckle server, and what is asked of it. */
export interface Asking extends Settings {
  /** What goes wrong with the first requests. */
  readonly faults?: readonly Fault[];
  /** What the token may; `profile:read` where nothing is told. */
  readonly token?: Partial<NewToken>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** A name for 127.0.0.1. */
  readonly host?: string;
  /** What the server knows besides the user. @returns further inputs */
  readonly prepare?: (world: World, user: User) => Readonly<Record<string, string>>;
}

/** A Speckle server that is asked with a token of its own. */
export function speckle(asking: Asking = {}): Make {
  const { faults = [], token = {}, inputs, env = {}, host = '127.0.0.1', prepare, ...settings } = asking;
  return async (keep): Promise<Situation> => {
    const world = new World();
    const user = world.addUser({ id: 'a1b2c3d4e5' });
    const own = world.addToken({ scopes: ['profile:read'], user, ...token });
    const more = prepare?.(world, user);
    const server: SpeckleServer = await keep(startSpeckleServer({ ...settings, world }));
    server.faults.push(...faults);
    return {
      inputs: { server: server.url.replace('127.0.0.1', host), token: own, ...inputs, ...more },
      env,
      requests: () => server.requests.length,
    };
  };
}

/** A fault that meets every request. */
export function always(fault: Fault): Asking {
  return { faults: [{ times: Infinity, ...fault }] };
}

/** A Speckle server that does not listen before so many milliseconds have passed. */
export function speckleAfter(milliseconds: number): Make {
  return async (keep) => {
    const world = new World();
    const token = world.addToken({ scopes: ['profile:read'], user: world.addUser({ id: 'a1b2c3d4e5' }) });
    const port = await closedPort();
    const started: SpeckleServer[] = [];
    const starting = wait(milliseconds).then(async () =>
      started.push(await startSpeckleServer({ world, port })),
    );
    await keep(
      Promise.resolve({
        close: () => starting.then(() => Promise.all(started.map((server) => server.close()))),
      }),
    );
    return {
      inputs: { server: `http://127.0.0.1:${port}`, token },
      requests: () => started[0]?.requests.length ?? 0,
    };
  };
}
