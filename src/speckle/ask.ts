import { GraphQLClient } from 'graphql-request';

import type { Cleaner } from '../clean.ts';
import { Failure } from '../failure.ts';
import { requestIdOf, type HttpAnswer, type Transport } from '../transport.ts';
import { isTemporary, isWhole, kindOf, readAnswer } from './answer.ts';
import { gatewayInstead, notSpeckle, tokenRefused } from './failures.ts';
import type { Answered, Operation } from './operation.ts';
import type { Requirements } from './request.ts';

export interface Reply {
  readonly answered: readonly Answered[];
  /** Why what is missing of the answers did not come. */
  readonly failure?: Failure | undefined;
  /** The server's, cleaned. */
  readonly requestId?: string | undefined;
}

/** Asks operations in one HTTP request, or one by one of a server that takes no batches. */
export type Ask = (operations: readonly Operation[]) => Promise<Reply>;

class BatchingDisabled extends Error {
  override readonly name = 'BatchingDisabled';
}

/**
 * Asks one server with one token. It remembers whether the server takes batches. What has been answered is not lost when
 * a failure (`invalid-token`, `not-speckle`, and whatever the transport throws) comes later.
 */
export function createAsk(
  requirements: Requirements,
  { transport, clean }: { readonly transport: Transport; readonly clean: Cleaner },
): Ask {
  let batching = true;

  async function exchange(operations: readonly Operation[]): Promise<Reply> {
    const received: { answer?: HttpAnswer } = {};
    const url = `${requirements.server}/graphql`;
    const client = new GraphQLClient(url, {
      errorPolicy: 'all',
      // Otherwise it parses every document to find its name.
      excludeOperationName: true,
      fetch: async (_url, init) => {
        const answer = await transport({
          url,
          // The transport alone gets the token: the errors of graphql-request quote whatever it was given.
          headers: {
            authorization: `Bearer ${requirements.token}`,
            'content-type': 'application/json',
            accept: 'application/json',
          },
          body: typeof init?.body === 'string' ? init.body : '',
          ...(operations[0]?.identity && { isTemporary }),
        });
        received.answer = answer;
        const kind = kindOf(answer, operations.length);
        const context = { requirements, clean, requestId: requestIdOf(answer, clean) };
        if (kind === 'token-refused') throw tokenRefused(context);
        if (kind === 'gateway') throw gatewayInstead(context, answer);
        if (kind === 'batching-disabled') throw new BatchingDisabled();
        if (kind === 'foreign') throw notSpeckle(context, answer);
        return asResponse(answer.body);
      },
    });
    const [only] = operations;
    // An array of one is refused where batching is disabled, so a single operation goes as an object.
    const results: readonly unknown[] =
      only && operations.length === 1
        ? [await client.rawRequest(only.document, only.variables)]
        : await client.batchRequests([...operations]);
    const answered = operations.map((operation, at) => ({ operation, answer: readAnswer(results[at]) }));
    const { answer } = received;
    const requestId = answer && requestIdOf(answer, clean);
    if (answer && !answered.every((one) => isWhole(one.answer, one.operation)))
      throw notSpeckle({ requirements, clean, requestId }, answer);
    return { answered, requestId };
  }

  /** Undefined where the server takes no batches. */
  async function together(operations: readonly Operation[]): Promise<Reply | undefined> {
    if (!batching && operations.length > 1) return undefined;
    try {
      return await exchange(operations);
    } catch (error) {
      if (!(error instanceof BatchingDisabled)) throw error;
      batching = false;
      return undefined;
    }
  }

  return async (operations) => {
    const replies: Reply[] = [];
    let failure: Failure | undefined;
    try {
      const whole = await together(operations);
      if (whole) return whole;
      for (const operation of operations) replies.push(await exchange([operation]));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failure = error;
    }
    return {
      answered: replies.flatMap(({ answered }) => answered),
      requestId: replies.findLast(({ requestId }) => requestId !== undefined)?.requestId,
      failure,
    };
  };
}

/**
 * The status has been judged: any other than 200 would make graphql-request throw the answers away. Reading the text
 * out of a Response's own body would load the web streams.
 */
function asResponse(body: string): Response {
  const response = new Response(null, { headers: { 'content-type': 'application/json' } });
  return Object.assign(response, { text: () => Promise.resolve(body) });
}
