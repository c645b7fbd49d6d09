import { revealing } from '../hide.ts';
import { addressSecrets, proxySecrets, secretsIn, speckleTokensIn } from '../secrets.ts';
import { tokenPage } from '../speckle/token.ts';
import { serverVariables, type Environment, type InputTexts, type Reading } from './inputs.ts';
import { malformedToken } from './texts.ts';
import { variableNames } from './variables.ts';

/** Any of them may hold a password, whether or not a proxy is taken from it. */
const proxyVariables = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap((name) => [
  name.toLowerCase(),
  name,
]);

/**
 * Everything that the runner is to mask, before anything else is printed and before anything is refused. Nothing is
 * shorter than eight characters: a short mask would tear the log apart. Ids, addresses, names and emails are no secrets.
 */
export function masksFor(texts: InputTexts, environment: Environment): string[] {
  const { token, 'ca-certificate': certificate, ...others } = texts;
  const prefix = others['env-prefix'].trim();
  const tokens = [token, environment['SPECKLE_TOKEN'], environment[`${prefix}SPECKLE_TOKEN`]];
  const addresses = [
    ...Object.values(others),
    ...serverVariables.flatMap((name) => [environment[name], environment[prefix + name]]),
  ];
  const masks = [
    // Lines of a certificate may look like a secret of another service by chance.
    ...speckleTokensIn(certificate).flatMap(parts),
    ...tokens.flatMap((text) => (text === undefined ? [] : tokenMasks(text))),
    ...addresses.flatMap((text) =>
      text === undefined ? [] : [...secretsIn(text).flatMap(parts), ...addressSecrets(text)],
    ),
    ...proxyVariables.flatMap((name) => proxySecrets(environment[name] ?? '')),
  ];
  return [...new Set(masks)].filter((mask) => mask.trim().length >= revealing);
}

/** The token as it came, its lines, the value itself, and every token that stands somewhere in it. */
function tokenMasks(text: string): string[] {
  const lines = text.split(/[\r\n]+/);
  return [
    text,
    ...lines,
    text.trim(),
    ...lines.map((line) => line.trim()),
    ...secretsIn(text).flatMap(parts),
  ];
}

/**
 * A token of 42 hexadecimal characters, and its two parts: the id, with which it can be ended, and the secret. In a longer
 * run of them it may begin anywhere; so much is masked as two tokens pasted together.
 */
function parts(secret: string): string[] {
  const last = /^[0-9a-f]+$/i.test(secret) ? Math.min(secret.length - 42, 42) : 0;
  const starts = Array.from({ length: last + 1 }, (_, at) => at);
  const windows = starts.flatMap((at) => {
    const token = secret.slice(at, at + 42);
    return [token, token.slice(0, 10), token.slice(10)];
  });
  return [secret, ...windows];
}

/**
 * What stays readable whatever the secrets are: people paste an address, or a whole line with the name of a variable,
 * for a token, and what we say of that shall not tell by its gaps what they pasted.
 */
export function openTexts({ inputs, warnings }: Reading): string[] {
  const { server, token } = inputs;
  return [
    ...variableNames,
    ...warnings,
    ...(server ? [tokenPage(server.origin)] : []),
    ...(token?.fault === undefined ? [] : [malformedToken(inputs, token.fault).message]),
  ];
}
