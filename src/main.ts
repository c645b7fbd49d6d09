import { run } from './action/run.ts';

const crashed = new Promise<never>((_, reject) => process.once('uncaughtException', reject));
await run(process.env, crashed);
