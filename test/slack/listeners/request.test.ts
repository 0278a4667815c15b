/** A log line names the request it belongs to. */
import { Writable } from 'node:stream';
import { createLogger } from '../../../src/log';
import { requestOf, type SlackDeps } from '../../../src/slack/listeners/request';

const installation = { tenant: { enterpriseId: '', teamId: 'T1' } };

function linesOf(dealId: string | undefined): { lines: Record<string, unknown>[]; requestId: string } {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()));
      done();
    },
  });
  const logger = createLogger({ level: 'info', pretty: false }, sink);
  const deps = { installations: { find: () => installation }, logger } as unknown as SlackDeps;
  const request = requestOf(deps, {
    teamId: 'T1',
    enterpriseId: undefined,
    userId: 'U1',
    userTeamId: undefined,
    deliveryKey: 'K1',
    handler: 'step',
    dealId,
  });
  request?.log.error({ err: new Error('no database') }, 'a submission failed');
  return { lines, requestId: request?.requestId ?? '' };
}

it('a line about a deal names the deal, its workspace and the request', () => {
  const { lines, requestId } = linesOf('d0123');
  expect(lines).toMatchObject([
    { deal: 'd0123', team: 'T1', user: 'U1', requestId, handler: 'step', msg: 'a submission failed' },
  ]);
});

it('a line about no deal names no deal', () => {
  expect(linesOf(undefined).lines[0]).not.toHaveProperty('deal');
});
