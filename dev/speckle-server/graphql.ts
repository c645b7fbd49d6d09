import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { json } from './answers.ts';
import type { Answer, RecordedRequest } from './exchange.ts';
import type { Context } from './guards.ts';

export interface GraphqlSettings {
  /** Whether the body may be an array of operations. */
  readonly batching: boolean;
  /** Errors of a scope name it in the message alone, as before mid-2024. */
  readonly oldErrors: boolean;
}

export interface Graphql {
  answer(request: RecordedRequest, context: Context): Promise<Answer>;
  stop(): Promise<void>;
}

/** Executes what arrives at `/graphql`. Apollo itself refuses what could be forged, and shapes batches and errors. */
export async function startGraphql(schema: GraphQLSchema, settings: GraphqlSettings): Promise<Graphql> {
  const apollo = new ApolloServer<Context>({
    schema,
    allowBatchedHttpRequests: settings.batching,
    csrfPrevention: true,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    nodeEnv: 'production',
    persistedQueries: false,
    plugins: [ApolloServerPluginLandingPageDisabled()],
    stopOnTerminationSignals: false,
    ...(settings.oldErrors && { formatError: withoutScope }),
  });
  await apollo.start();

  return {
    async answer(request, context) {
      // What is no JSON object or array never reaches Apollo. (The wording was not measured.)
      if (isJson(request) && Object(request.body) !== request.body)
        return json(400, { error: 'The body is not valid JSON.' });
      const answered = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: request.method,
          headers: headerMap(request),
          search: new URL(request.path, 'http://127.0.0.1').search,
          body: request.body,
        },
        context: async () => context,
      });
      if (answered.body.kind !== 'complete') throw new Error('Nothing is answered in parts here.');
      return {
        status: answered.status ?? 200,
        headers: Object.fromEntries(answered.headers),
        body: answered.body.string,
      };
    },
    stop: () => apollo.stop(),
  };
}

function isJson({ headers }: RecordedRequest): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '');
}

function headerMap({ headers }: RecordedRequest): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) map.set(name, String(value));
  return map;
}

function withoutScope(error: GraphQLFormattedError): GraphQLFormattedError {
  const { scope: _, ...extensions } = error.extensions ?? {};
  return { ...error, extensions };
}
