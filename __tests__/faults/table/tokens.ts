import { speckle, type Asking } from '../make/speckle.ts';
import type { Row, Section } from '../row.ts';

const refused = { requests: 1, lasts: 'at once' } as const;
const reading = ['profile:read', 'streams:read'];
const writing = [...reading, 'streams:write'];

/** A token of these scopes, and a project of somebody else. */
const projectOf = (asking: Asking): Row['make'] =>
  speckle({
    token: { scopes: reading },
    prepare: (world) => {
      const other = world.addUser({ name: 'Grace Builder' });
      const project = world.addProject({ id: 'b2c3d4e5f6', roles: [[other, 'stream:owner']] });
      return { project: project.id };
    },
    ...asking,
  });

const rows: readonly Row[] = [
  {
    what: 'The token was revoked, has expired, or is of another server',
    make: speckle({ inputs: { token: '5b1f07c3a9d41d8cd98f00b204e9800998ecf8427e' } }),
    code: 'invalid-token',
    ...refused,
  },
  {
    what: 'The token does not arrive',
    make: speckle({ resolvers: { 'Query.activeUser': () => null } }),
    code: 'anonymous',
    ...refused,
  },
  {
    what: 'Scopes are missing',
    make: speckle({ inputs: { scopes: 'write' } }),
    code: 'missing-scope',
    ...refused,
  },
  {
    what: 'The token is that of an embedded view',
    make: speckle({ token: { scopes: ['streams:read'], kind: 'embed' }, inputs: { scopes: 'read' } }),
    code: 'missing-scope',
    ...refused,
  },
  {
    what: 'The token is of somebody else than allowed',
    make: speckle({ inputs: { 'allowed-users': 'f6e5d4c3b2' } }),
    code: 'wrong-user',
    ...refused,
  },
  {
    what: 'There is no such project',
    make: speckle({ token: { scopes: reading }, inputs: { project: 'c3d4e5f6a7' } }),
    code: 'project-not-found',
    requests: 2,
    lasts: 'at once',
  },
  {
    what: 'The user has no role in the project',
    make: projectOf({}),
    code: 'project-forbidden',
    requests: 2,
    lasts: 'at once',
  },
  {
    what: 'The token is limited to other projects',
    make: projectOf({ token: { scopes: reading, projects: ['d4e5f6a7b8'] } }),
    code: 'project-forbidden',
    requests: 2,
    lasts: 'at once',
  },
  {
    what: 'The user may read the project, but not write to it',
    make: projectOf({
      token: { scopes: writing },
      inputs: { permission: 'write' },
      prepare: (world, user) => ({
        project: world.addProject({ id: 'b2c3d4e5f6', roles: [[user, 'stream:reviewer']] }).id,
      }),
    }),
    code: 'project-forbidden',
    ...refused,
  },
  {
    what: 'The token holds more than it should',
    make: speckle({ token: { scopes: writing }, inputs: { scopes: 'read', 'excess-scopes': 'fail' } }),
    code: 'excess-scope',
    ...refused,
  },
];

export const tokens: Section = {
  title: 'The token, and what it may',
  intro: 'The server decides; a refusal is never tried again.',
  rows,
};
