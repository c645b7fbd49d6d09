/** One error of an answer, as far as it tells anything. */
export interface GraphqlError {
  readonly message: string;
  /** The first name is the field of the operation; none where the operation was not run at all. */
  readonly path: readonly unknown[];
  /** In upper case; empty without one. */
  readonly code: string;
  readonly statusCode?: number;
  /** The scope that a guard found missing. */
  readonly scope?: string;
}

export function isUnauthorized({ code, statusCode }: GraphqlError): boolean {
  return code === 'UNAUTHORIZED' || code === 'UNAUTHENTICATED' || statusCode === 401;
}

/** Whether the server itself failed, so that the error tells nothing about a token. */
export function isCrash({ code, statusCode = 0 }: GraphqlError): boolean {
  return code === 'INTERNAL_SERVER_ERROR' || statusCode >= 500;
}

export function isForbidden({ code, statusCode, scope }: GraphqlError): boolean {
  return scope === undefined && (code === 'FORBIDDEN' || statusCode === 403);
}

export function isNotFound({ code, statusCode }: GraphqlError): boolean {
  return code.includes('NOT_FOUND') || statusCode === 404;
}
