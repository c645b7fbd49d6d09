import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

/** Which certificates are accepted. */
export interface Trust {
  /** For `tls.connect`. Nothing is loaded while Node's own authorities are enough. */
  options(): { rejectUnauthorized: boolean; secureContext?: SecureContext };
  /** Those that were given, as PEM. */
  readonly given?: string | undefined;
  /** Adds the authorities of the system for good. False if that has been done or there are none. */
  addSystem(): boolean;
  /** Whether they have been added, since the others were not enough. */
  usesSystem(): boolean;
}

export interface TrustOptions {
  /** Certificates as PEM, trusted beside those of Node. */
  readonly authorities?: string | undefined;
  readonly verifyCertificate: boolean;
  /** The system's store; a slow call on some systems. */
  readonly systemAuthorities?: (() => readonly string[]) | undefined;
}

/**
 * The authorities that the system trusts, as PEM.
 * @param replaced whether a variable names others in their place, which count for the system's then; Node's own are added
 * to those, as they are where the system has none
 */
export function authoritiesOfSystem(replaced: boolean): readonly string[] {
  const system = getCACertificates('system');
  return system.length > 0 && !replaced ? system : [...system, ...getCACertificates('bundled')];
}

/** `ca` works on every Node 24; the functions that set it for a whole process came with later ones. */
export function createTrust(options: TrustOptions): Trust {
  const { authorities, verifyCertificate: rejectUnauthorized } = options;
  const { systemAuthorities = () => getCACertificates('system') } = options;
  let secureContext = authorities === undefined ? undefined : trusting([authorities]);
  let system: readonly string[] | undefined;
  return {
    given: authorities,
    options: () => ({ rejectUnauthorized, ...(secureContext && { secureContext }) }),
    addSystem() {
      if (system) return false;
      system = systemAuthorities();
      if (system.length === 0) return false;
      secureContext = trusting([...system, ...(authorities === undefined ? [] : [authorities])]);
      return true;
    },
    usesSystem: () => system !== undefined && system.length > 0,
  };
}

/** `ca` takes the place of Node's authorities, which count too. */
function trusting(more: readonly string[]): SecureContext {
  return createSecureContext({ ca: [...getCACertificates('default'), ...more] });
}
