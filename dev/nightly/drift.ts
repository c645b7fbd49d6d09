import { exchanges, type Exchange } from '../recordings/exchanges.ts';
import { replay } from '../recordings/replay.ts';
import { formOf } from './form.ts';
import { type LikeRecorded, tokenLike } from './world.ts';

export interface Drift {
  /** Exchanges that were had again. */
  readonly compared: number;
  /** A line for every difference. */
  readonly differences: readonly string[];
}

/** Recorded with all optional modules on, which takes a licence and services of their own. */
const withModules = (number: number): boolean => number >= 41 && number <= 51;
/** It uses up the rate limit, so it comes last. */
const usesUpLimit = 33;

/** Has the recorded exchanges again with a server, and compares the form of the answers: who drifts is told here. */
export async function findDrift(url: string, world: LikeRecorded): Promise<Drift> {
  const chosen = exchanges
    .filter(({ number }) => !withModules(number))
    .toSorted((one, other) => Number(one.number === usesUpLimit) - Number(other.number === usesUpLimit));
  const differences: string[] = [];
  for (const exchange of chosen) differences.push(...(await differencesIn(exchange, url, world)));
  return { compared: chosen.length, differences };
}

async function differencesIn(recorded: Exchange, url: string, world: LikeRecorded): Promise<string[]> {
  const exchange = JSON.parse(
    [...world.ids].reduce((text, [old, id]) => text.replaceAll(old, id), JSON.stringify(recorded)),
  ) as Exchange;
  const { response, number, name } = exchange;
  const answered = await replay(url, exchange, await tokenLike(exchange, world));
  const text = await answered.text();
  const told = {
    status: answered.status,
    type: answered.headers.get('content-type')?.toLowerCase(),
    headers: namedHeaders(Object.fromEntries(answered.headers)),
    body: response.json === undefined ? linesOf(text) : formOf(parsed(text)),
  };
  const wanted = {
    status: response.status,
    type: response.headers['content-type']?.toLowerCase(),
    headers: namedHeaders(response.headers),
    body: response.json === undefined ? linesOf(response.text ?? '') : formOf(response.json),
  };
  return (['status', 'type', 'headers', 'body'] as const).flatMap((part) => {
    const [now, then] = [JSON.stringify(told[part]), JSON.stringify(wanted[part])];
    return now === then ? [] : [`${number} ${name}: ${part} was ${then}, and is ${now}`];
  });
}

/** Those that the action reads or quotes. */
function namedHeaders(headers: Readonly<Record<string, string>>): string[] {
  return ['x-request-id', 'retry-after', 'x-ratelimit-reset'].filter((name) => headers[name] !== undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return `no JSON: ${text.slice(0, 200)}`;
  }
}

/** Lines of the object transport (id, tab, JSON) by their form, other text as it is. */
function linesOf(text: string): unknown[] {
  return text.split('\n').map((line) => {
    const [, id, json] = /^([\da-f]{32})\t(.+)$/.exec(line) ?? [];
    return json === undefined ? line : [id, formOf(parsed(json))];
  });
}
