import { isId, readAddress, type Address } from '../speckle/address.ts';
import { Refusal, type Reader } from './input-values.ts';

/** The server of Speckle's own cloud. */
export const defaultServer = 'https://app.speckle.systems';

/** The variables that can name a server, the first first. */
export const serverVariables = ['SPECKLE_SERVER_URL', 'SPECKLE_SERVER'] as const;

export type ServerSource = 'input' | 'project' | (typeof serverVariables)[number] | 'default';

/** A server with where its address came from. */
export interface ServerPlace {
  readonly address: Address;
  readonly source: ServerSource;
}

export const server: Reader<Address> = {
  takes: `an address such as ${defaultServer}, a host, or any page of the server`,
  read: orRefusal,
};

export const project: Reader<{ readonly id: string; readonly page?: Address }> = {
  takes: 'the id of a project or the address of its page',
  read(text) {
    if (isId(text)) return { id: text };
    const page = orRefusal(text);
    if (page instanceof Refusal) return page;
    return page.projectId === undefined ? new Refusal('names no project') : { id: page.projectId, page };
  },
};

function orRefusal(text: string): Address | Refusal {
  const address = readAddress(text);
  return typeof address === 'string' ? new Refusal(address) : address;
}
