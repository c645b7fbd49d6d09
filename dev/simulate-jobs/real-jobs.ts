import { runAction } from '../runner/run-action.ts';
import type { Answer, RecordedRequest } from '../speckle-server/exchange.ts';
import { startSpeckleServer } from '../speckle-server/server.ts';
import { World } from '../speckle-server/world.ts';
import type { Crowd, Exchange, Run } from './run.ts';

/**
 * Starts jobs in the same instant, each a process of the built action with `scopes: write`, against one embedded server
 * with one token. Each asks for a project of its own, as the jobs of a matrix may: it is what tells their requests apart,
 * and costs no further operation.
 */
export async function runJobs({ jobs, limit: rateLimit }: Crowd): Promise<Run> {
  const world = new World();
  const token = world.addToken({ scopes: ['profile:read', 'streams:read', 'streams:write'] });
  const projects = Array.from({ length: jobs }, () => world.addProject().id);
  await using server = await startSpeckleServer({ world, rateLimit });
  const exchanges: Exchange[] = [];
  // So many processes take seconds to start on a machine of few cores: time begins with the first request.
  const since = (time: number): number => time - (server.requests[0]?.time ?? time);
  const observe = (answer: Answer, { bytes, operations, time }: RecordedRequest): Answer => {
    const body = Buffer.from(bytes).toString();
    exchanges.push({
      job: projects.findIndex((id) => body.includes(id)),
      operations,
      arrived: since(time),
      answered: since(Date.now()),
      retryAfter: answer.status === 429 ? Number(answer.headers['retry-after']) * 1000 : undefined,
    });
    return answer;
  };
  server.faults.push({ times: Infinity, rewrite: observe });

  const ends = await Promise.all(
    projects.map(async (project) => {
      const inputs = { server: server.url, token, scopes: 'write', project };
      const { outputs, stderr } = await runAction({ with: inputs });
      return { status: outputs['status'] ?? stderr, ended: since(Date.now()) };
    }),
  );
  return { ends, exchanges: exchanges.toSorted((one, other) => one.arrived - other.arrived) };
}
