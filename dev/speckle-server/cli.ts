/**
 * Runs an embedded Speckle server with the demo's user, projects and tokens until SIGTERM or SIGINT:
 *
 *     node dev/speckle-server/cli.ts [--port N] [--out FILE] [--for SECONDS] [--key PEM --cert PEM] [--no-batching] [--automate]
 *
 * Once it listens it prints one line of JSON (url, user, projects, tokens, …), and writes it to FILE.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createDemo } from './demo-world.ts';
import { startSpeckleServer } from './server.ts';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    port: { type: 'string', default: '0' },
    out: { type: 'string' },
    for: { type: 'string' },
    key: { type: 'string' },
    cert: { type: 'string' },
    automate: { type: 'boolean', default: false },
    batching: { type: 'boolean', default: true },
  },
});

const { world, ...facts } = createDemo();
const server = await startSpeckleServer({
  world,
  port: Number(values.port),
  batching: values.batching,
  modules: { automate: values.automate },
  ...(values.key &&
    values.cert && {
      tls: { key: readFileSync(values.key, 'utf8'), cert: readFileSync(values.cert, 'utf8') },
    }),
});
const line = `${JSON.stringify({ url: server.url, ...facts })}\n`;
// A job may wait for the file: it appears whole, and once the server answers.
if (values.out) {
  writeFileSync(`${values.out}.part`, line);
  renameSync(`${values.out}.part`, values.out);
}
process.stdout.write(line);

const end = (): void => void server.close();
process.once('SIGTERM', end).once('SIGINT', end);
if (values.for) setTimeout(end, Number(values.for) * 1000).unref();
