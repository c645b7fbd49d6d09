import type { Answer, RecordedRequest } from './exchange.ts';

/** An answer in JSON, as the server's own routes give it. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** Past the rate limit, for so many milliseconds (measured, exchange 33). */
export function rateLimited(retryAfter: number, now: number, headers: Record<string, string>): Answer {
  const message = 'You have sent too many requests. You are being rate limited. Please try again later.';
  return json(
    429,
    { error: { message, code: 'RATE_LIMIT_ERROR' } },
    {
      ...headers,
      'retry-after': String(retryAfter / 1000),
      'x-ratelimit-reset': new Date(now + retryAfter).toISOString(),
    },
  );
}

/** A path that nothing answers (measured, exchange 32). */
export function notFound({ method, path }: RecordedRequest): Answer {
  const shown = path
    .replace(/\?.*/, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  const page = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Error</title>
</head>
<body>
<pre>Cannot ${method} ${shown}</pre>
</body>
</html>
`;
  return { status: 404, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page };
}
