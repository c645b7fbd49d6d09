import { run } from './action/run.ts';

const { promise: crashed, reject: crash } = Promise.withResolvers<never>();
process.on('uncaughtException', crash).on('unhandledRejection', crash);
// Nothing is left that could still happen, and yet there is no outcome.
process.once('beforeExit', crash);
await run(process.env, crashed);
// What a crash left behind shall not hold up the job.
process.stdout.write('', () => process.exit());
