import type { Figures, Spread } from './figures.ts';

/** The figures of a run as text, with a bar for every second. */
export function reportOf(figures: Figures, least: number): string {
  const { jobs, verified, requests, operations, refused, bySecond } = figures;
  const longest = Math.max(...bySecond);
  return [
    `verified            ${verified} of ${jobs} jobs`,
    `asked               ${requests} requests, ${operations} operations; ${refused} requests refused with 429`,
    `jobs ended after    ${seconds(figures.ended)}; at the least ${inSeconds(least)} for all of them`,
    `waits               ${seconds(figures.waits)}`,
    `beyond Retry-After  ${seconds(figures.beyond)}`,
    `came back at once   at most ${figures.crowd} within a tenth of a second`,
    'requests by second',
    ...bySecond.map((count, second) => bar(second, count, longest)),
  ].join('\n');
}

function seconds({ least, median, most }: Spread): string {
  return `${inSeconds(least)} … ${inSeconds(median)} … ${inSeconds(most)} (least, median, most)`;
}

function inSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function bar(second: number, count: number, longest: number): string {
  return `${String(second).padStart(6)} ${String(count).padStart(5)} ${'█'.repeat(Math.ceil((40 * count) / longest))}`;
}
