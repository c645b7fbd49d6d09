// NO_PROXY, by tables.
import { expect, test } from '@jest/globals';
import { bypassesProxy } from '../../src/http/no-proxy.ts';

test.each([
  ['the name itself', 'https://example.com', 'example.com'],
  ['a subdomain', 'https://speckle.bim.example.com', 'example.com'],
  ['a leading dot', 'https://speckle.example.com', '.example.com'],
  ['a leading dot means the name itself too', 'https://example.com', '.example.com'],
  ['a leading star', 'https://speckle.example.com', '*.example.com'],
  ['everything', 'https://example.com', '*'],
  ['one of several, by commas', 'https://example.com', 'a.test,example.com,b.test'],
  ['one of several, by white space', 'https://example.com', ' a.test\texample.com\n b.test '],
  ['everything among others', 'https://example.com', 'a.test, *'],
  ['upper case', 'https://EXAMPLE.com', 'Example.COM'],
  ['a final dot', 'https://example.com.', 'example.com'],
  ['a final dot in the list', 'https://example.com', 'example.com.'],
  ['its port', 'https://example.com:8443', 'example.com:8443'],
  ['the port that https means', 'https://example.com', 'example.com:443'],
  ['the port that http means', 'http://example.com', 'example.com:80'],
  ['a subdomain with its port', 'https://a.example.com:8443', '.example.com:8443'],
  ['an address', 'http://10.1.2.3:3000', '10.1.2.3'],
  ['an IPv6 address', 'http://[fd00::1]:3000', 'fd00::1'],
  ['an IPv6 address in brackets', 'http://[fd00::1]:3000', '[fd00::1]'],
  ['an IPv6 address with its port', 'http://[fd00::1]:3000', '[fd00::1]:3000'],
  ['this machine, whatever is listed', 'http://localhost:3000', ''],
  ['a name below localhost', 'http://speckle.localhost', ''],
  ['loopback', 'http://127.0.0.1:3000', ''],
  ['any of loopback', 'http://127.8.9.10', 'example.com'],
  ['loopback of IPv6', 'https://[::1]:3000', ''],
])('%s goes without: %s, NO_PROXY %j', (_, url, noProxy) => {
  expect(bypassesProxy(new URL(url), noProxy)).toBe(true);
});

test.each([
  ['nothing listed', 'https://example.com', ''],
  ['commas alone', 'https://example.com', ' , ,, '],
  ['a name with the same end', 'https://notexample.com', 'example.com'],
  ['a part of the name', 'https://example.com', 'example'],
  ['the name above', 'https://example.com', 'speckle.example.com'],
  ['another port', 'https://example.com', 'example.com:8443'],
  ['another port of IPv6', 'https://[fd00::1]', '[fd00::1]:3000'],
  ['a star inside', 'https://speckle.example.com', 'spe*.example.com'],
  ['a dot alone', 'https://example.com', '.'],
  ['a port alone', 'https://example.com', ':443'],
  ['a name that begins like this machine', 'https://localhost.example.com', ''],
  ['another address', 'http://10.1.2.3', '10.1.2.30 1.2.3'],
])('%s goes by the proxy: %s, NO_PROXY %j', (_, url, noProxy) => {
  expect(bypassesProxy(new URL(url), noProxy)).toBe(false);
});
