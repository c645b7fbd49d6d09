import { describe, expect, test } from '@jest/globals';
import { readAddress } from '../../src/speckle/address.ts';

const host = 'https://speckle.example.com';
const object = 'd056a8d0885363630ff144f58b08ac44';

describe('an address of a server', () => {
  test.each([
    [host, host],
    [`${host}/`, host],
    [`${host}/graphql`, host],
    ['speckle.example.com', host],
    ['speckle.example.com/', host],
    ['speckle.example.com/graphql', host],
    ['SPECKLE.Example.com', host],
    ['HTTPS://Speckle.Example.com/GraphQL', host],
    ['speckle.example.com:443', host],
    ['speckle.example.com:8443', `${host}:8443`],
    ['http://speckle.example.com:80', 'http://speckle.example.com'],
    ['localhost', 'http://localhost'],
    ['localhost:3000', 'http://localhost:3000'],
    ['localhost:3000/graphql', 'http://localhost:3000'],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['[::1]:3000', 'http://[::1]:3000'],
    ['::1', 'http://[::1]'],
    ['https://localhost:3000', 'https://localhost:3000'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['127.example.com', 'https://127.example.com'],
    ['speckle', 'https://speckle'],
    ['my_server.example.com', 'https://my_server.example.com'],
    ['bücher.example.com', 'https://xn--bcher-kva.example.com'],
    ['10.0.0.7:3000', 'https://10.0.0.7:3000'],
    [`${host}/authn/login?next=1#top`, host],
    [`${host}/?embedToken=${'ab'.repeat(21)}`, host],
  ])('%s means %s', (text, origin) => {
    expect(readAddress(text)).toMatchObject({ origin });
  });

  test.each([
    ['ftp://speckle.example.com', 'neither http nor https'],
    ['https://user:pass@speckle.example.com', 'user or a password'],
    ['user:pass@speckle.example.com', 'user or a password'],
    ['https://user@speckle.example.com', 'user or a password'],
    ['speckle example com', 'space'],
    ['https://speckle.example.com\nhttps://other.example.com', 'space or a control'],
    ['https://', 'not an address'],
    ['https:speckle.example.com', 'not an address'],
    ['https:/speckle.example.com', 'not an address'],
    ['speckle.example.com:99999', 'not an address'],
    ['/projects/abc', 'not an address'],
    ['//speckle.example.com', 'not an address'],
    ['"https://speckle.example.com"', 'not an address'],
    ['"speckle.example.com"', 'not an address'],
    ['https://https://speckle.example.com', 'not an address'],
    ['*', 'not an address'],
    ['https://${SERVER}', 'not an address'],
    ['ab'.repeat(21), 'a secret'],
    [`${host}/projects/${'ab'.repeat(21)}`, 'a secret'],
    ['ghp_abcdefghijklmnopqrst', 'a secret'],
  ])('%s is refused: %s', (text, reason) => {
    expect(readAddress(text)).toContain(reason);
  });
});

describe('a page of a server', () => {
  test.each<[string, object]>([
    ['/projects', {}],
    ['/projects/p1', { projectId: 'p1' }],
    ['/projects/p1/', { projectId: 'p1' }],
    ['/projects/p1/models', { projectId: 'p1' }],
    ['/projects/p1/settings/general', { projectId: 'p1' }],
    ['/projects/p1/collaborators', { projectId: 'p1' }],
    ['/projects/p1/automations', { projectId: 'p1' }],
    ['/projects/p1/automations/a1', { projectId: 'p1', automationId: 'a1' }],
    ['/projects/p1/automations/a1/runs', { projectId: 'p1', automationId: 'a1' }],
    ['/projects/p1/models/m1', { projectId: 'p1', modelId: 'm1' }],
    ['/projects/p1/models/m1#threadId=1', { projectId: 'p1', modelId: 'm1' }],
    ['/projects/p1/models/m1?x=1', { projectId: 'p1', modelId: 'm1' }],
    ['/projects/p1/models/m1/versions', { projectId: 'p1', modelId: 'm1' }],
    ['/projects/p1/models/m1@v1', { projectId: 'p1', modelId: 'm1', versionId: 'v1' }],
    ['/projects/p1/models/m1%40v1', { projectId: 'p1', modelId: 'm1', versionId: 'v1' }],
    ['/projects/p1/models/m1,m2', { projectId: 'p1' }],
    ['/projects/p1/models/m1@v1,m2', { projectId: 'p1' }],
    ['/projects/p1/models/m1%2Cm2', { projectId: 'p1' }],
    ['/projects/p1/models/$folder', { projectId: 'p1' }],
    ['/projects/p1/models/%24folder', { projectId: 'p1' }],
    ['/projects/p1/models/all', { projectId: 'p1' }],
    [`/projects/p1/models/${object}`, { projectId: 'p1' }],
    ['/streams/p1', { projectId: 'p1' }],
    ['/streams/p1?u=abc', { projectId: 'p1' }],
    ['/streams/p1/branches/main', { projectId: 'p1' }],
    ['/streams/p1/branches/a%2Fb/c', { projectId: 'p1' }],
    ['/streams/p1/commits/c1', { projectId: 'p1', versionId: 'c1' }],
    [`/streams/p1/objects/${object}`, { projectId: 'p1' }],
    ['/projects/%E0%A4%A', {}],
    ['/projects/a%20b', {}],
    ['/workspaces/w1', {}],
  ])('%s shows %j', (path, facts) => {
    expect(readAddress(host + path)).toEqual({ origin: host, ...facts });
  });
});
