/** The part of webpack's statistics that tells what is in a bundle. */
export interface Stats {
  readonly modules: readonly Module[];
}

interface Module {
  readonly name: string;
  /** The absolute path; null for what Node brings along. */
  readonly nameForCondition?: string | null;
  /** True for what was read but left out again, or merged into another module of the list. */
  readonly orphan?: boolean;
  readonly modules?: readonly Module[];
}

/**
 * The absolute paths of all files of which something is in the bundle.
 * @throws {Error} when an import was not found: ncc alone leaves that to the run.
 */
export function bundledFiles(stats: Stats): string[] {
  return stats.modules.flatMap((module) => {
    if (module.name.includes('@@notfound')) throw new Error(`An import was not found: ${module.name}`);
    if (module.orphan) return [];
    return [module.nameForCondition ?? '', ...bundledFiles({ modules: module.modules ?? [] })].filter(
      Boolean,
    );
  });
}
