import { Writable } from 'node:stream';
import { createLogger } from '../src/log';

function capture() {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { lines, logger: createLogger({ level: 'info', pretty: false }, stream) };
}

describe('the log', () => {
  it('keeps ids, and leaves out tokens, names, answers and amounts at any depth it redacts', () => {
    const { lines, logger } = capture();
    logger.info(
      {
        deal: 'd1',
        team: 'T1',
        requestId: 'abcd',
        token: 'xoxb-secret',
        account: 'Acme',
        details: { competitor: 'Rival', amount: { minor: 4800000 } },
        event: { answer: { text: 'They were cheaper' } },
      },
      'a deal changed',
    );
    const line = lines.join('');
    expect(JSON.parse(line)).toMatchObject({ level: 'info', deal: 'd1', team: 'T1', requestId: 'abcd' });
    for (const secret of ['xoxb-secret', 'Acme', 'Rival', '4800000', 'cheaper'])
      expect(line).not.toContain(secret);
  });

  it('describes an error by kind and code, without the request it carries', () => {
    const { lines, logger } = capture();
    const error = Object.assign(new Error('An API error occurred: invalid_blocks'), {
      code: 'slack_webapi_platform_error',
      data: { ok: false, error: 'invalid_blocks', response_metadata: { messages: ['Acme said no'] } },
      body: 'token=xoxb-secret&text=Acme',
    });
    logger.error({ err: error }, 'a post failed');
    const line = lines.join('');
    expect(JSON.parse(line).err).toMatchObject({
      code: 'slack_webapi_platform_error',
      slackError: 'invalid_blocks',
    });
    expect(line).not.toContain('Acme');
    expect(line).not.toContain('xoxb-secret');
  });
});
