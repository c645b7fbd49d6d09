import { foreignAnswers, redirects } from './table/answers.ts';
import { certificates } from './table/certificates.ts';
import { connections } from './table/connections.ts';
import { inputs } from './table/inputs.ts';
import { proxies } from './table/proxies.ts';
import { failingServers, passingFaults } from './table/servers.ts';
import { tokens } from './table/tokens.ts';
import type { Section } from './row.ts';

/** The fault matrix: all that can go wrong, in the order in which a step meets it. */
export const table: readonly Section[] = [
  inputs,
  connections,
  certificates,
  proxies,
  redirects,
  foreignAnswers,
  failingServers,
  passingFaults,
  tokens,
];
