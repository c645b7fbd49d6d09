import { findPieces, piecesOf } from './pieces-of-a-secret.ts';
import { shownTexts, type LeakStep, type Told } from './steps.ts';

/** Where a part of a step's tokens can be seen. Its address was never one: it is shown whatever the tokens are. */
export function leaksOf({ token, fromEnvironment, old }: LeakStep, told: Told): string[] {
  const open = [told.outputs['server-url'] ?? ''];
  const secrets = fromEnvironment ? [token] : [token, old];
  const pieces = secrets.flatMap((secret) => piecesOf(secret, open));
  return findPieces(pieces, shownTexts(told));
}
