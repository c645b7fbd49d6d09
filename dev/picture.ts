/**
 * Draws the pictures of the README, docs/card-light.png and docs/card-dark.png: the cards that two runs of the built action
 * wrote to the job summary, one verified and one without a scope, in a real browser. `node dev/picture.ts [browser]`
 * needs Chromium and fonts with emoji (on Debian: chromium, fonts-liberation, fonts-noto-color-emoji). It is no part of
 * CI: browsers and fonts differ from one machine to the next, and with them every byte of a picture.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runAction } from './runner/run-action.ts';
import { createDemo } from './speckle-server/demo-world.ts';
import { startSpeckleServer } from './speckle-server/server.ts';

const [browser = 'chromium'] = process.argv.slice(2);
const docs = resolve(import.meta.dirname, '../docs');
const folder = mkdtempSync(join(tmpdir(), 'speckle-picture-'));
/** Pixels of the page. */
const size = { width: 1240, height: 492 };

/** Roughly as GitHub shows a summary. */
const style = `
  body { display: flex; gap: 32px; margin: 0; padding: 16px; }
  body { font: 15px/1.5 'Liberation Sans', 'Noto Color Emoji', sans-serif; }
  div { flex: 1; }
  body { color: #1f2328; background: #ffffff; --line: #d1d9e0; --code: #818b981f; --row: #f6f8fa; --link: #0969da; }
  .dark { color: #f0f6fc; background: #0d1117; --line: #3d444d; --code: #656c7633; --row: #151b23; --link: #4493f8; }
  h3 { margin: 0 0 12px; font-size: 20px; }
  p { margin: 0 0 12px; }
  a { color: var(--link); }
  table { border-collapse: collapse; margin-bottom: 16px; }
  td, th { padding: 6px 13px; border: 1px solid var(--line); }
  tr:nth-child(2n) { background: var(--row); }
  code { padding: 0.2em 0.4em; font: 85% 'Liberation Mono', monospace; background: var(--code); border-radius: 6px; }
`;

try {
  const cards = await drawnCards();
  for (const theme of ['light', 'dark']) {
    const page = join(folder, `${theme}.html`);
    writeFileSync(
      page,
      `<!doctype html><meta charset="utf-8"><style>${style}</style><body class="${theme}">${cards.map((card) => `<div>${card}</div>`).join('')}`,
    );
    const picture = join(docs, `card-${theme}.png`);
    const options = [
      '--headless',
      '--no-sandbox',
      '--hide-scrollbars',
      '--disable-lcd-text',
      '--force-device-scale-factor=1.5',
      `--user-data-dir=${join(folder, 'profile')}`,
      `--window-size=${size.width},${size.height}`,
      `--screenshot=${picture}`,
      `file://${page}`,
    ];
    execFileSync(browser, options, { stdio: 'ignore' });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The cards, with the address of a server as users have it in place of the embedded one's. */
async function drawnCards(): Promise<string[]> {
  const { world, tokens, projects } = createDemo();
  await using server = await startSpeckleServer({ world });
  const project = `${server.url}/projects/${projects.own}`;
  const verified = { token: tokens.full, project, permission: 'write' };
  const refused = { token: tokens.read, server: server.url, scopes: 'write' };
  // What the runner tells of an action that is used by its name: the page about a status code is found by it.
  const env = { GITHUB_ACTION_REPOSITORY: 'owner/speckle-auth-action', GITHUB_ACTION_REF: 'v1' };
  const cards: string[] = [];
  for (const inputs of [verified, refused])
    cards.push(
      (await runAction({ with: inputs, env })).summary.replaceAll(server.url, 'https://speckle.example.com'),
    );
  return cards;
}
