import type { HttpAnswer } from '../transport.ts';
import type { GraphqlError } from './graphql-error.ts';
import { isRecord, parseJson } from './json.ts';
import type { Answer, Operation } from './operation.ts';

/** What an HTTP answer is, seen from outside. */
export type Kind = 'graphql' | 'batching-disabled' | 'token-refused' | 'gateway' | 'foreign';

/**
 * Judges an HTTP answer before anything reads it as GraphQL.
 * @param asked how many operations were asked; several were asked as a batch.
 */
export function kindOf({ status, body: text }: HttpAnswer, asked: number): Kind {
  const body = parseJson(text);
  // Unknown, revoked and expired tokens alike (exchanges 05–08).
  if (status === 403 && isRecord(body) && typeof body['error'] === 'string' && !isResult(body))
    return 'token-refused';
  if (status === 401 || status === 403) return 'gateway';
  // One operation that does not fit the schema makes all of a batch a 400, with every answer in place (exchange 16).
  if ((status < 200 || status > 299) && status !== 400) return 'foreign';
  if (asked === 1) return isResult(body) ? 'graphql' : 'foreign';
  if (Array.isArray(body)) return body.length === asked && body.every(isResult) ? 'graphql' : 'foreign';
  const disabled = isResult(body) && readAnswer(body).errors.some(({ message }) => /\bbatch/i.test(message));
  return disabled ? 'batching-disabled' : 'foreign';
}

/** Whether the identity, which is in the first operation, failed in a way that asking again may mend. */
export function isTemporary({ body: text }: HttpAnswer): boolean {
  const body = parseJson(text);
  const { data, errors } = readAnswer(Array.isArray(body) ? body[0] : body);
  return errors.some(
    ({ code, path }) =>
      code === 'INTERNAL_SERVER_ERROR' &&
      (path.length === 0 ? data === undefined : path[0] === 'serverInfo' || path[0] === 'activeUser'),
  );
}

/** Reads one result of GraphQL. Whatever in it has another form than it should is left out. */
export function readAnswer(result: unknown): Answer {
  const { data, errors } = isRecord(result) ? result : {};
  return {
    data: isRecord(data) ? data : undefined,
    errors: Array.isArray(errors) ? errors.map(readError) : [],
  };
}

/** Whether a result holds everything that was asked, or errors that tell why not. */
export function isWhole({ data, errors }: Answer, { identity, probes, project }: Operation): boolean {
  if (!data) return errors.length > 0;
  const keys = [
    ...(identity ? ['serverInfo', 'activeUser'] : []),
    ...probes.map(({ key }) => key),
    ...(project ? ['project'] : []),
  ];
  return keys.every((key) => key in data);
}

function readError(error: unknown): GraphqlError {
  const { message, path, extensions } = isRecord(error) ? error : {};
  const { code, statusCode, scope } = isRecord(extensions) ? extensions : {};
  const text = typeof message === 'string' ? message : '';
  // Servers before mid-2024 name the scope in the message alone.
  const named = /\bscope:? +["'“`]?([a-z][\w.-]*(?::[\w.-]*\w)+)/i.exec(text)?.[1];
  const missing = typeof scope === 'string' ? scope : named;
  return {
    message: text,
    path: Array.isArray(path) ? path : [],
    code: typeof code === 'string' ? code.toUpperCase() : '',
    ...(typeof statusCode === 'number' && { statusCode }),
    ...(missing !== undefined && { scope: missing.toLowerCase() }),
  };
}

/** Whether a value has the form of a result of GraphQL; graphql-request throws on any other, and quotes it. */
function isResult(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { data = null, errors = [], extensions = {} } = value;
  if (!Array.isArray(errors) || !isRecord(extensions)) return false;
  return isRecord(data) || (data === null && errors.length > 0);
}
