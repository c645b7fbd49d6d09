import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createCertificate } from '../../dev/certificates.ts';
import type { Fault } from '../../dev/speckle-server/faults.ts';
import { startSpeckleServer, type SpeckleServer } from '../../dev/speckle-server/server.ts';
import { addressOf, bodyOf, bytesOf, withTexts, type Answer } from './answers.ts';
import { echoed } from './echoes.ts';

/** What a step is given so that an answer comes. */
export interface Place {
  readonly server: string;
  readonly project: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Servers on loopback that answer one step after the other as they are told. */
export class AnsweringServers {
  private readonly speckle: SpeckleServer;
  private readonly project: string;
  private readonly raw: Server;
  private readonly sockets = new Set<Socket>();
  private bytes = '';

  private constructor(speckle: SpeckleServer) {
    this.speckle = speckle;
    this.project = speckle.world.addProject().id;
    this.raw = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => {}).once('close', () => this.sockets.delete(socket));
      // Latin-1, as headers are.
      socket.once('data', () => socket.end(Buffer.from(this.bytes, 'latin1')));
    });
    this.raw.listen(0, '127.0.0.1');
  }

  static async start(): Promise<AnsweringServers> {
    const servers = new AnsweringServers(await startSpeckleServer({ rateLimit: false }));
    await once(servers.raw, 'listening');
    return servers;
  }

  /** Uses the servers for one step, whose token is known to them with these scopes. */
  async with<T>(
    { answer, writes }: { readonly answer: Answer; readonly writes?: string | undefined },
    token: string,
    scopes: readonly string[],
    use: (place: Place) => Promise<T>,
  ): Promise<T> {
    const { world, faults, url } = this.speckle;
    const { project } = this;
    world.tokens.clear();
    // The server looks at the first 42 characters.
    world.addToken({ token: token.slice(0, 42), scopes });
    faults.clear();
    const text = answer.kind === 'half' ? '' : echoed(writes ?? token, answer.echo);
    if (answer.kind === 'certificate') return useCertificate(text, project, use);
    const fault = faultOf(answer, text);
    if (fault) {
      faults.push({ times: Infinity, ...fault });
      return use({ server: url, project });
    }
    const raw = `http://127.0.0.1:${(this.raw.address() as AddressInfo).port}`;
    this.bytes = bytesOf(answer.kind === 'bytes' ? answer.bytes : 'refusal', text);
    if (answer.kind === 'bytes') return use({ server: raw, project });
    const env = { HTTPS_PROXY: raw, HTTP_PROXY: raw };
    return use({ server: 'https://speckle.example.com', project, env });
  }

  async close(): Promise<void> {
    this.raw.close();
    for (const socket of this.sockets) socket.destroy();
    await this.speckle.close();
  }
}

/** An answer that the embedded server can give. */
function faultOf(answer: Answer, text: string): Fault | undefined {
  if (answer.kind === 'half') return { halfSent: true };
  if (answer.kind === 'redirect')
    return { redirect: { status: answer.status, location: forHeader(addressOf(answer.target, text)) } };
  if (answer.kind === 'fields')
    return {
      rewrite: (right) => ({
        ...right,
        headers: { ...right.headers, 'x-request-id': forHeader(text) },
        body: withTexts(String(right.body), answer.which, text),
      }),
    };
  if (answer.kind !== 'status') return undefined;
  const { type, body } = bodyOf(answer.body, text);
  const headers = {
    'content-type': forHeader(type),
    'x-request-id': forHeader(text),
    'www-authenticate': forHeader(text),
    // Else longer than all timeouts, so that nothing is waited for.
    'retry-after': /^\d/.test(text) ? forHeader(text) : '9999',
  };
  return { answer: { status: answer.status, headers, body } };
}

async function useCertificate<T>(
  text: string,
  project: string,
  use: (place: Place) => Promise<T>,
): Promise<T> {
  const { certificate, key } = createCertificate({
    subject: text.slice(0, 64),
    names: [text, 'example.com'],
  });
  const server = await startSpeckleServer({ tls: { key, cert: certificate } });
  try {
    // Trusted, so that its names are looked at.
    return await use({ server: server.url, project, inputs: { 'ca-certificate': certificate } });
  } finally {
    await server.close();
  }
}

function forHeader(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
}
