// Which ways to log in a proxy offers, and that a right password is not blamed where Basic is none of them.
import { describe, expect, test } from '@jest/globals';
import { ask, rawServer } from './loopback.ts';
import type { Loopback } from './servers.ts';

/** No DNS knows it. */
const name = 'speckle.example.test';

/** A proxy with these challenges. */
const asking = (...challenges: readonly string[]): Promise<Loopback> =>
  rawServer((socket) =>
    socket.once('data', () =>
      socket.end(
        `HTTP/1.1 407 Login\r\n${challenges.map((each) => `Proxy-Authenticate: ${each}\r\n`).join('')}content-length: 0\r\n\r\n`,
      ),
    ),
  );

describe('none that this action knows', () => {
  const digest =
    'Digest realm="office, Basic", qop="auth,auth-int", algorithm=MD5, nonce="a\\"b", stale = true';

  test.each([
    ['NTLM', ['NTLM'], 'NTLM'],
    ['Windows’ own', ['Negotiate', 'NTLM TlRMTVNT=='], 'Negotiate or NTLM'],
    ['Digest, with commas in its text', [digest], 'Digest'],
    ['several in one line', [`Negotiate, ${digest}, Negotiate`], 'Negotiate or Digest'],
    ['what nobody knows, and at length', ['x'.repeat(3000)], `${'x'.repeat(59)}…`],
  ])('%s', async (_, challenges, schemes) => {
    const offer = `only offers a login by ${schemes}, and this action only knows Basic (status 407).`;
    for (const [scheme, login] of [
      ['https', ''],
      ['https', 'builder:password1@'],
      ['http', 'builder:password1@'],
    ]) {
      const { port } = await asking(...challenges);
      const environment = { [`${scheme}_proxy`]: `http://${login}127.0.0.1:${port}` };
      const { failure } = await ask(`${scheme}://${name}/`, { environment });
      expect(failure).toMatchObject({
        code: 'proxy-error',
        problem: `The proxy 127.0.0.1:${port} of ${scheme}_proxy ${offer}`,
        remedy: expect.stringMatching(/^Ask whoever runs the proxy to offer Basic .* NO_PROXY/),
      });
    }
  });

  test('where no variable names it', async () => {
    const { url } = await asking('Negotiate');
    expect((await ask(url)).failure).toMatchObject({
      code: 'proxy-error',
      problem: expect.stringMatching(/^A proxy on the way to .* only offers a login by Negotiate/),
      remedy: 'Ask whoever runs the proxy to offer Basic too or to let this runner through without a login.',
    });
  });

  test.each([[['Basic realm="office"']], [['NTLM', 'basic']], [['Negotiate, NTLM, BASIC realm=x']], [[]]])(
    'unless Basic is among them, or nothing is told: %j',
    async (challenges) => {
      const { port } = await asking(...challenges);
      const environment = { HTTPS_PROXY: `http://builder:password1@127.0.0.1:${port}` };
      const { failure } = await ask(`https://${name}/`, { environment });
      expect(failure?.problem).toContain('refuses the user or the password');
    },
  );
});
