import { createTransport } from '../http/transport.ts';
import { isLoopback } from '../loopback.ts';
import type { Requirements } from '../speckle/request.ts';
import { verify } from '../speckle/verify.ts';
import { version } from '../version.ts';
import { deliver, runnerFaults } from './deliver.ts';
import { forkWarning, missingTokenAdvice } from './event.ts';
import type { Environment, Inputs, Reading, ServerPlace } from './inputs.ts';
import type { Found } from './outcome.ts';
import type { Tools } from './runner.ts';
import * as texts from './texts.ts';

/**
 * Checks the inputs, says to whom, verifies, and only then exports.
 * @returns the sentence of the success
 * @throws {Failure} the reason why nothing was exported
 */
export async function authenticate(reading: Reading, found: Found, tools: Tools): Promise<string> {
  const { runner, clean, environment, say, crashed } = tools;
  const { inputs } = reading;
  const { server, token } = inputs;
  for (const warning of reading.warnings) say.warning(warning);
  const lacking = runnerFaults(inputs, environment);
  if (reading.faults.length + lacking.length > 0 || !server)
    throw texts.invalidInput(reading.faults, lacking);
  if (!token)
    throw texts.missingToken(
      inputs,
      inputs.tokenWithheld ? '' : await missingTokenAdvice(environment, inputs.onMissingToken === 'skip'),
    );
  if (token.fault !== undefined) throw texts.malformedToken(inputs, token.fault);

  runner.info(texts.toWhom(token, server));
  for (const risk of await risks(inputs, server, environment)) say.warning(risk);
  const transport = createTransport({
    timeoutSeconds: inputs.timeout,
    environment,
    authorities: inputs.caCertificate,
    verifyCertificate: inputs.verifyCertificate,
    userAgent: `speckle-auth-action/${version}`,
    clean,
    log: (line) => runner.info(line),
    serverSetting:
      server.source === 'default' ? 'the input server (it is empty)' : texts.sourceInWords(server),
  });
  const requirements = requirementsOf(inputs, server, token.value);
  const verifying = verify(requirements, { transport, clean, now: () => new Date() });
  const verdict = await Promise.race([verifying, crashed]);
  found.verdict = verdict;
  for (const warning of verdict.warnings) say.warning(warning);
  for (const notice of verdict.notices) say.notice(notice);
  if (verdict.failure) throw verdict.failure;
  const { origin } = server;
  deliver(found, { token: token.value, origin }, tools);
  if (origin.startsWith('http:')) runner.info(texts.specklepyWithoutHttps);
  return texts.verified(inputs, origin, verdict, (text) => clean.line(text, 100));
}

function requirementsOf(inputs: Inputs, server: ServerPlace, token: string): Requirements {
  return {
    server: server.origin,
    serverSource: texts.sourceInWords(server),
    token,
    scopes: inputs.scopes,
    excessScopes: inputs.excessScopes,
    project: inputs.page.projectId,
    permission: inputs.permission,
    allowedUsers: inputs.allowedUsers,
  };
}

/** What lets others get at the token, as sentences. */
async function risks(inputs: Inputs, server: ServerPlace, environment: Environment): Promise<string[]> {
  const { origin } = server;
  const { protocol, hostname } = new URL(origin);
  const fork = await forkWarning(environment);
  return [
    ...(protocol === 'http:' && !isLoopback(hostname) ? [texts.unencrypted(origin)] : []),
    ...(inputs.verifyCertificate ? [] : [texts.unverifiedCertificate(origin, inputs)]),
    ...(fork === undefined ? [] : [fork]),
  ];
}
