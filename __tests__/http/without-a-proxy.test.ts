// Servers that are asked without a proxy because of what the variables say, and what is told when that fails.
import { describe, expect, test } from '@jest/globals';
import { ask, closedPort, rawServer, toThisMachine } from './loopback.ts';

/** No DNS knows it. */
const name = 'speckle.example.test';

describe('a server that was asked without a proxy, and cannot be reached', () => {
  const proxy = 'http://proxy.example.test:3128';
  const check = 'check the address in the input server and that the server runs.';

  test.each([
    [
      'since NO_PROXY names it',
      'https',
      { HTTPS_PROXY: proxy, NO_PROXY: 'localhost,.example.test' },
      'The variable NO_PROXY names this server, so it was asked without the proxy of HTTPS_PROXY: change it if the server needs that proxy',
    ],
    [
      'since the variables in lower case say so',
      'http',
      { http_proxy: proxy, no_proxy: '*' },
      'The variable no_proxy names this server, so it was asked without the proxy of http_proxy: change it if the server needs that proxy',
    ],
    [
      'since the proxy is for http',
      'https',
      { HTTP_PROXY: proxy, ALL_PROXY: proxy },
      'Set the variable HTTPS_PROXY if a proxy is needed, since HTTP_PROXY is for http servers only',
    ],
    [
      'since the proxy is for https',
      'http',
      { https_proxy: proxy },
      'Set the variable HTTP_PROXY if a proxy is needed, since https_proxy is for https servers only',
    ],
    [
      'since ALL_PROXY does not count',
      'https',
      { all_proxy: proxy },
      'Set the variable HTTPS_PROXY if a proxy is needed, since this action does not read all_proxy',
    ],
  ])('%s', async (_, scheme, environment, why) => {
    const { failure } = await ask(`${scheme}://${name}/`, { environment });
    expect(failure).toMatchObject({ code: 'unreachable', remedy: `${why}; if not, ${check}` });
  });

  test.each([
    ['since there is none', {}],
    ['since NO_PROXY would except it from any', { HTTP_PROXY: proxy, NO_PROXY: name }],
  ])('%s', async (_, environment) => {
    const { failure } = await ask(`https://${name}/`, { environment });
    expect(failure).toMatchObject({ code: 'unreachable', remedy: expect.not.stringMatching(/proxy/i) });
  });

  test('on this machine needs none', async () => {
    const environment = { HTTP_PROXY: proxy, NO_PROXY: '*' };
    const { failure } = await ask(`http://127.0.0.1:${await closedPort()}/`, {
      environment,
      timeoutSeconds: 1,
    });
    expect(failure).toMatchObject({ code: 'unreachable', remedy: expect.not.stringMatching(/proxy/i) });
  });

  test('in time is told to be slow, as every other', async () => {
    const server = await rawServer(() => {});
    const { failure } = await ask(`http://${name}:${server.port}/`, {
      environment: { HTTP_PROXY: proxy, NO_PROXY: '*' },
      lookup: toThisMachine,
      timeoutSeconds: 1,
    });
    expect(failure).toMatchObject({ code: 'timeout', remedy: expect.not.stringMatching(/proxy/i) });
  });
});
