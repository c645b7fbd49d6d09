import { isId, readAddress, type Address } from '../speckle/address.ts';
import { Refusal, type Reader } from './input-values.ts';
import {
  serverVariables,
  type Environment,
  type Inputs,
  type InputTexts,
  type ServerPlace,
  type Token,
} from './inputs.ts';
import type { Intake } from './intake.ts';
import { tokenFault } from './token-fault.ts';

/** The server of Speckle's own cloud. */
const defaultServer = 'https://app.speckle.systems';

const server: Reader<Address> = {
  takes: `an address such as ${defaultServer}, a host, or any page of the server`,
  read: orRefusal,
};

const project: Reader<{ readonly id: string; readonly page?: Address }> = {
  takes: 'the id of a project or the address of its page',
  read(text) {
    if (isId(text)) return { id: text };
    const page = orRefusal(text);
    if (page instanceof Refusal) return page;
    return page.projectId === undefined ? new Refusal('shows no project') : { id: page.projectId, page };
  },
};

/** The server, and the project with what else the address shows; all of one and the same page. */
export function readPlaces(
  intake: Intake,
  texts: InputTexts,
  environment: Environment,
): Pick<Inputs, 'server' | 'page'> {
  const given = intake.take('project', texts.project, project);
  const { address, source } = readServer(intake, texts.server, given?.page, environment) ?? {};
  const { origin, ...page }: Partial<Address> = address ?? {};
  const place = origin !== undefined && source ? { origin, source } : undefined;
  if (!given) return { server: place, page };
  const fault =
    given.page && origin !== undefined && given.page.origin !== origin
      ? 'is on another server than the input server'
      : page.projectId !== undefined && page.projectId !== given.id
        ? 'is another project than the one in the address of the server'
        : undefined;
  if (fault !== undefined) {
    intake.refuse('project', texts.project, fault, project.takes);
    return { server: place, page: { projectId: given.id } };
  }
  const own: Partial<Address> = given.page ?? {};
  // A version belongs to its model, so both come from the same page.
  const { modelId, versionId } = (own.modelId ?? own.versionId) === undefined ? page : own;
  const automationId = own.automationId ?? page.automationId;
  return { server: place, page: { projectId: given.id, modelId, versionId, automationId } };
}

function readServer(
  intake: Intake,
  text: string,
  projectPage: Address | undefined,
  environment: Environment,
): { readonly address: Address; readonly source: ServerPlace['source'] } | undefined {
  if (new Set(namedServers(environment).map(([, origin]) => origin)).size > 1)
    intake.warnings.push(
      `${serverVariables.join(' and ')} name different servers. Set both to the same address, or only one of them.`,
    );
  if (text.trim() !== '') {
    const address = intake.take('server', text, server);
    return address && { address, source: 'input' };
  }
  if (projectPage) return { address: projectPage, source: 'project' };
  const source = serverVariables.find((name) => environment[name]?.trim());
  if (source === undefined) return { address: { origin: defaultServer }, source: 'default' };
  const address = intake.take(`the variable ${source}`, environment[source] ?? '', server);
  return address && { address, source };
}

/**
 * The token of the input, or of the environment where it cannot belong to another server: an absent secret arrives as
 * an empty input, and must not send the token of one server to the next.
 */
export function readToken(
  text: string,
  place: ServerPlace | undefined,
  environment: Environment,
): Pick<Inputs, 'token' | 'tokenWithheld'> {
  if (text.trim() !== '') return { token: tokenFrom(text, 'input') };
  const own = environment['SPECKLE_TOKEN'] ?? '';
  if (own.trim() === '') return {};
  const [name, origin] = namedServers(environment)[0] ?? [];
  if (name === undefined || place === undefined || origin === place.origin)
    return { token: tokenFrom(own, 'SPECKLE_TOKEN') };
  return {
    tokenWithheld: `The input token is empty, and the token in the variable SPECKLE_TOKEN belongs to another server, the one that ${name} names.`,
  };
}

function tokenFrom(text: string, source: Token['source']): Token {
  const value = text.trim();
  return { value, source, fault: tokenFault(value) };
}

/** The servers that the environment names, the one that counts first; one that cannot be read has no origin. */
function namedServers(
  environment: Environment,
): readonly (readonly [name: string, origin: string | undefined])[] {
  return serverVariables.flatMap((name) => {
    const text = environment[name]?.trim() ?? '';
    if (text === '') return [];
    const address = readAddress(text);
    return [[name, typeof address === 'string' ? undefined : address.origin] as const];
  });
}

function orRefusal(text: string): Address | Refusal {
  const address = readAddress(text);
  return typeof address === 'string' ? new Refusal(address) : address;
}
