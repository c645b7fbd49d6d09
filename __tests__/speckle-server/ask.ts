import type { SpeckleServer } from '../../dev/speckle-server/server.ts';

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
}

/** Asks a server one operation, or a batch of them, with a token or without. */
export async function ask(server: SpeckleServer, query: string | string[], token?: string): Promise<Asked> {
  const body = Array.isArray(query) ? query.map((one) => ({ query: one })) : { query };
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, json: await response.json() };
}
