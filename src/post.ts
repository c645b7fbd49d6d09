/** The end of the job: removes the account. It loads no toolkit, which would cost more than all that is to be done. */
import { writeSync } from 'node:fs';
import { removeAccount } from './action/remove-account.ts';

try {
  removeAccount(process.env, (text) => writeSync(1, `::warning title=Speckle::${text}\n`));
} catch {
  // A log that takes nothing any more is no reason to fail the job.
}
