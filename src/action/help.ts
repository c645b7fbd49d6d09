import type { StatusCode } from '../failure.ts';
import type { Environment } from './inputs.ts';

/**
 * The page that explains a status code, of the very version that runs; none where the runner does not tell which that is
 * (`uses: ./`).
 */
export function helpPage(status: StatusCode, environment: Environment): string | undefined {
  const { GITHUB_SERVER_URL: host = 'https://github.com', GITHUB_ACTION_REPOSITORY = '' } = environment;
  const { GITHUB_ACTION_REF: version = '' } = environment;
  const isPlain = /^https?:\/\/[\w.:-]+$/.test(host) && /^[\w.-]+\/[\w.-]+$/.test(GITHUB_ACTION_REPOSITORY);
  if (!isPlain || !/^[\w./-]+$/.test(version)) return undefined;
  return `${host}/${GITHUB_ACTION_REPOSITORY}/blob/${version}/docs/troubleshooting.md#${status}`;
}
