import fc from 'fast-check';

/**
 * How far properties are explored: the same cases in every run of CI, others and more of them on request.
 *
 *     FC_SEED=$RANDOM FC_RUNS=2000 npm test -- __tests__/leaks __tests__/fuzz
 */
export function exploration(runs: number): { readonly seed: number; readonly numRuns: number } {
  return {
    seed: Number(process.env['FC_SEED'] ?? 20_261_125),
    numRuns: Number(process.env['FC_RUNS'] ?? runs),
  };
}

/** Milliseconds for a test that runs a property so often, in steps of a process of their own. */
export function patience({ numRuns }: { readonly numRuns: number }): number {
  return 60_000 + 2000 * numRuns;
}

/** What failed: the case and why; nothing where the property held. Of 100 kB of the same the beginning will do. */
export function failureOf<T>(details: fc.RunDetails<T>): string | undefined {
  const report = fc.defaultReportMessage(details);
  if (report === undefined) return undefined;
  return `${String(details.errorInstance)}\n${report}`.replace(/(.{1,4}?)\1{20,}/gsu, '$1 and so on ');
}
