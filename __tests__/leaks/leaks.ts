import { findPieces, piecesOf } from './pieces-of-a-secret.ts';
import { shownTexts, type LeakStep, type Told } from './steps.ts';

/** Where a part of a step's token can be seen. Its address was never one: it is shown whatever the token is. */
export function leaksOf({ token }: LeakStep, told: Told): string[] {
  return findPieces(piecesOf(token, [told.outputs['server-url'] ?? '']), shownTexts(told));
}
