import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Names a free port for a server that a workflow may start, and the file for its process id; ends that server. */
export async function withLocalServer<T>(
  folder: string,
  work: (port: string, pidFile: string) => Promise<T>,
): Promise<T> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  const pidFile = join(mkdtempSync(join(folder, 'local-')), 'pid');
  try {
    return await work(String(port), pidFile);
  } finally {
    if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8')));
  }
}
