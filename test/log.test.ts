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

  it.each<[string, () => unknown]>([
    ['text that is no JSON', () => JSON.parse('Acme said xoxb-secret')],
    [
      'a property of words',
      () => Object.assign('Acme said no', { x: 1 }) && ('Acme said no' as never as { a: { b: 1 } }).a.b,
    ],
    ['a URL with a password', () => new URL('http://u:hunter2@Acme')],
    [
      'a database that quotes a value',
      () => {
        throw Object.assign(new Error('invalid input syntax: "Acme"\n    at Acme (Acme:1)'), {
          code: '22P02',
        });
      },
    ],
    [
      'an error within an error',
      () => {
        throw new Error('Acme', { cause: Object.assign(new Error('Acme'), { code: 'Acme said no' }) });
      },
    ],
    [
      'one of ours that names a password',
      () => {
        throw Object.assign(new Error('no way to postgres://u:hunter2@h/d with xoxb-secret'), {
          name: 'StoreError',
        });
      },
    ],
  ])('reduces %s to its kind, its code and where it was thrown', (_what, fail) => {
    const { lines, logger } = capture();
    try {
      fail();
      throw new Error('nothing failed');
    } catch (error) {
      logger.error({ err: error }, 'it failed');
    }
    const line = lines.join('');
    expect(line).not.toMatch(/Acme|hunter2|xoxb-secret/u);
    expect(JSON.parse(line).err).toMatchObject({
      type: expect.any(String),
      stack: expect.stringContaining('log.test.ts'),
    });
  });

  it('keeps the messages of ours and of the system, which say what to do', () => {
    const { lines, logger } = capture();
    logger.error(
      { err: Object.assign(new Error('The database is locked by another process.'), { name: 'StoreError' }) },
      'x',
    );
    logger.error(
      {
        err: Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), {
          code: 'ECONNREFUSED',
          syscall: 'connect',
        }),
      },
      'x',
    );
    expect(lines[0]).toContain('The database is locked');
    expect(lines[1]).toContain('connect ECONNREFUSED 127.0.0.1:5432');
  });
});
