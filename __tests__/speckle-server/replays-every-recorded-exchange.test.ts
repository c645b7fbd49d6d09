// Each exchange that was recorded with a real Speckle server is had with the embedded one, in a world like the one of
// the recording: status, headers, data and messages must be the same, so that the two cannot drift apart.
import { expect, test } from '@jest/globals';
import { startSpeckleServer } from '../../dev/speckle-server/server.ts';
import { exchanges } from '../../dev/recordings/exchanges.ts';
import { replay } from '../../dev/recordings/replay.ts';
import { recordedToken, recordedWorld } from './recorded-world.ts';

test('there are as many recordings as were made', () => {
  expect(exchanges).toHaveLength(61);
});

// None is left out: a new recording that cannot be replayed fails here.
test.each(exchanges)('$number $name', async (exchange) => {
  const { number } = exchange;
  const world = recordedWorld(number);
  const on = number >= 41 && number <= 51;
  const modules = { workspaces: on, dashboards: on, billing: on, automate: on };
  await using server = await startSpeckleServer({ world, modules });
  const response = await replay(server.url, exchange, recordedToken(world, exchange));
  const { status, headers, json, text } = exchange.response;
  expect(response.status).toBe(status);
  expect(headerForms(Object.fromEntries(response.headers))).toMatchObject(headerForms(headers));
  const body = await response.text();
  const read = json === undefined ? lines : (of: string) => settled(JSON.parse(of));
  expect(read(body)).toEqual(json === undefined ? lines(text ?? '') : settled(json));
});

/** Headers without what differs from call to call: ids, dates and numbers are told by their form. */
function headerForms(headers: Readonly<Record<string, string>>): Record<string, string> {
  const volatile = /^(?:x-request-id|x-ratelimit-.+|retry-after)$/;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, volatile.test(name) ? form(value) : value]),
  );
}

function form(value: string): string {
  return value.replace(/\d+\.\d+|[\da-f]{1,3}(?![\da-f])|[\da-f]/g, 'x');
}

/** JSON without what no two servers share: a time of use, the wording of descriptions, the order of rows. */
function settled(value: unknown, name = ''): unknown {
  if (name === 'lastUsed') return new Date(String(value)).toISOString().replace(/\d/g, '0');
  if (name === 'description' && value !== '') return typeof value;
  if (Array.isArray(value)) {
    const rows = value.map((row) => settled(row));
    return /^(?:apps|apiTokens)$/.test(name) ? rows.toSorted(byJson) : rows;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, settled(inner, key)]));
}

function byJson(a: unknown, b: unknown): number {
  return JSON.stringify(a).localeCompare(JSON.stringify(b));
}

/** Text, and in it the lines of the object transport (id, tab, JSON) read, since spaces in JSON are no difference. */
function lines(text: string): unknown[] {
  return text.split('\n').map((line) => {
    const [, id, json] = /^([\da-f]{32})\t(.+)$/.exec(line) ?? [];
    return json === undefined ? line : [id, JSON.parse(json) as unknown];
  });
}
