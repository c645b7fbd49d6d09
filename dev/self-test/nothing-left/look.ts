/** Before the job there is no account in the runner's folder; at its end there was one, and there is none any more. */
import { appendFileSync, existsSync, readdirSync } from 'node:fs';

const { RUNNER_TEMP = '', GITHUB_STATE = '', STATE_begun } = process.env;
const left = readdirSync(RUNNER_TEMP).filter((name) => name.startsWith('speckle-auth-'));
if (left.length > 0) throw new Error(`An account is left in the runner's folder: ${left.join(', ')}.`);

if (STATE_begun === undefined) {
  appendFileSync(GITHUB_STATE, 'begun=true\n');
} else {
  const exported = Object.entries(process.env).filter(([name]) => name.endsWith('SPECKLE_USERDATA_PATH'));
  if (exported.length === 0) throw new Error('No step of this job wrote an account.');
  for (const [name, folder = ''] of exported)
    if (existsSync(folder)) throw new Error(`The account that ${name} names is left behind.`);
  console.log(`${exported.map(([name]) => name).join(', ')}: all of it is gone.`);
}
