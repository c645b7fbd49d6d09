import { createCertificate } from '../../../dev/certificates.ts';
import { closedPort, startRaw } from '../../http/servers.ts';
import { answers } from '../make/answers.ts';
import { authority } from '../make/certificates.ts';
import { sleepingPort, unknownName } from '../make/connections.ts';
import * as make from '../make/proxies.ts';
import type { Keep, Row, Section } from '../row.ts';

const fault = { code: 'proxy-error', requests: 0, lasts: 'at once' } as const;
const again = { code: 'proxy-error', requests: 0, lasts: '10 s' } as const;

/** A proxy that answers CONNECT with this, or resets the connection. */
const answersConnect = (text?: string): Row['make'] =>
  make.proxyAt(async (keep: Keep) => {
    const { port } = await keep(
      startRaw((socket) =>
        socket.once('data', () => (text === undefined ? socket.resetAndDestroy() : socket.end(text))),
      ),
    );
    return `http://127.0.0.1:${port}`;
  });

/** These variables, and a server that is asked without a proxy and whose name nobody knows. */
const without =
  (env: Readonly<Record<string, string>>): Row['make'] =>
  async () => ({ inputs: { server: `https://${unknownName}` }, env });

const rows: readonly Row[] = [
  {
    what: 'The variable holds no address',
    make: make.proxyAt(async () => 'http://builder:pass#word@proxy.example.com:3128'),
    ...fault,
  },
  {
    what: 'The variable holds a backslash in the user, as in Windows',
    make: make.proxyAt(async () => 'http://OFFICE\\builder:mistyped-1@proxy.example.com:3128'),
    ...fault,
  },
  {
    what: 'DNS does not know the proxy’s name',
    make: make.proxyAt(async () => `http://${unknownName}:3128`),
    ...fault,
  },
  {
    what: 'Nobody listens at the proxy’s address',
    make: make.proxyAt(async () => `http://127.0.0.1:${await closedPort()}`),
    ...again,
  },
  {
    what: 'The proxy does not accept the connection',
    make: make.proxyAt(async (keep) => `http://127.0.0.1:${await sleepingPort(keep)}`),
    ...again,
  },
  { what: 'The proxy does not answer', make: make.proxy({ stalls: true }), ...again },
  { what: 'The proxy resets the connection', make: answersConnect(), ...again },
  { what: 'The proxy cannot reach the server', make: make.nobodyBehind('https'), ...again },
  { what: 'The proxy refuses', make: make.proxy({ refuses: 403 }), ...fault },
  {
    what: 'The proxy redirects to a login page',
    make: answersConnect('HTTP/1.1 302 Found\r\nlocation: https://login.example.com/\r\n\r\n'),
    ...fault,
  },
  {
    what: 'The proxy asks for a user',
    make: make.proxy({ credentials: 'builder:right' }),
    ...fault,
  },
  {
    what: 'The proxy does not accept the password',
    make: make.proxy({ credentials: 'builder:right' }, 'https', 'builder:wrong@'),
    ...fault,
  },
  {
    what: 'The proxy offers no login by Basic',
    make: answersConnect(
      'HTTP/1.1 407 Login\r\nproxy-authenticate: Negotiate\r\nproxy-authenticate: NTLM\r\n\r\n',
    ),
    ...fault,
  },
  { what: 'Something else listens there', make: answersConnect('220 ready\r\n'), ...fault },
  {
    what: 'The variable says https, the proxy speaks http',
    make: make.proxyAt(async (keep) => {
      const { port } = await keep(
        startRaw((socket) => socket.once('data', () => socket.end('HTTP/1.1 400\r\n\r\n'))),
      );
      return `https://127.0.0.1:${port}`;
    }),
    ...fault,
  },
  {
    what: 'The certificate of an https proxy has an unknown authority',
    make: make.proxy({ certificate: createCertificate({ issuer: authority }) }),
    code: 'untrusted-certificate',
    requests: 0,
    lasts: 'at once',
  },
  {
    what: 'The proxy is of another kind (socks), and without it the server cannot be found',
    make: without({ HTTPS_PROXY: 'socks5://proxy.example.com:1080' }),
    code: 'unreachable',
    requests: 0,
    lasts: 'at once',
  },
  {
    what: 'NO_PROXY names the server, and without the proxy it cannot be found',
    make: without({ HTTPS_PROXY: 'http://proxy.example.com:3128', NO_PROXY: 'invalid' }),
    code: 'unreachable',
    requests: 0,
    lasts: 'at once',
  },
  {
    what: 'A proxy is named for http only, and without it the https server cannot be found',
    make: without({ HTTP_PROXY: 'http://proxy.example.com:3128' }),
    code: 'unreachable',
    requests: 0,
    lasts: 'at once',
  },
  {
    what: 'Behind the proxy, the server shows a certificate of an unknown authority',
    make: make.tunnelTo(make.untrustedServer),
    code: 'untrusted-certificate',
    requests: 0,
    lasts: 'at once',
  },
  {
    what: 'Behind the proxy, the connection is closed',
    make: make.tunnelTo(make.serverThatCloses),
    code: 'unreachable',
    requests: 0,
    lasts: '10 s',
  },
  {
    what: 'Behind the proxy, the server does not answer',
    make: make.tunnelTo(make.silentServer),
    code: 'timeout',
    requests: 0,
    lasts: 'timeout',
  },
  {
    what: 'Plain http: the proxy asks for a user',
    make: make.proxy({ credentials: 'builder:right' }, 'http'),
    code: 'proxy-error',
    requests: 1,
    lasts: 'at once',
  },
  {
    what: 'Plain http: the proxy cannot reach the server',
    make: make.nobodyBehind('http'),
    code: 'server-error',
    requests: 'several',
    lasts: 'timeout',
  },
  {
    what: 'Plain http: the proxy does not answer',
    make: make.proxy({ stalls: true }, 'http'),
    code: 'timeout',
    requests: 'several',
    lasts: 'timeout',
  },
  {
    what: 'A proxy that no variable names asks for a user',
    make: answers(407),
    code: 'proxy-error',
    requests: 1,
    lasts: 'at once',
  },
];

export const proxies: Section = {
  title: 'Proxies',
  intro:
    'The variables are `HTTPS_PROXY` and `HTTP_PROXY`, in either case; the message names the one that counted, and never the password.',
  rows,
};
