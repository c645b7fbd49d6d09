import { findPieces, piecesOf } from './pieces-of-a-secret.ts';
import { shownTexts, type LeakStep, type Told } from './steps.ts';

/** Where a part of a step's tokens can be seen. Its address was never one: it is shown whatever the tokens are. */
export function leaksOf({ token, old }: LeakStep, told: Told): string[] {
  const open = [told.outputs['server-url'] ?? ''];
  return findPieces([...piecesOf(token, open), ...piecesOf(old, open)], shownTexts(told));
}
