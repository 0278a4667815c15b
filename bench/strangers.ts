/** The cost of strangers who hold open as much as they can: memory, and the acks of people who work meanwhile. */
import { once } from 'node:events';
import { connect as openSocket, type Socket } from 'node:net';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { connect } from './connection';
import { megabytes, milliseconds, percentile, table } from './figures';
import type { Part } from './part';
import { commandForm } from './payloads';
import type { RunningApp } from './process';

const MB = 1_000_000;
const BODIES = 60;
const CONNECTIONS = 450;
/** Shorter than the 5 s after which the app gives up a body. */
const WATCH_MS = 4_500;
const LOOK_EVERY_MS = 25;
const WARM_UP_REQUESTS = 500;
const SETTLE_MS = 2_000;
/** A pause between commands, so that their own cost is the same on a fast machine and a slow one. */
const TYPE_EVERY_MS = 50;
const REP = { userId: 'U000FIRST', name: 'first' };

interface Attack {
  readonly what: string;
  /** Opens the connections to hold. */
  begin(port: number): Promise<readonly Socket[]>;
}

const ATTACKS: readonly Attack[] = [
  { what: 'nothing', begin: async () => [] },
  {
    what: `${BODIES} unsigned bodies of 1 MB, all but the last byte of each`,
    begin: (port) => hold(port, BODIES, (socket) => void socket.write(Buffer.alloc(MB - 1, 'x'))),
  },
  {
    what: `${BODIES} unsigned bodies of 1 MB, some 3,000 bytes of each, byte by byte`,
    begin: (port) =>
      hold(port, BODIES, (socket) => {
        socket.setNoDelay(true);
        const dripping = setInterval(() => socket.write('x'), 1);
        socket.on('close', () => clearInterval(dripping));
      }),
  },
  {
    what: `${CONNECTIONS} unsigned bodies of 1 MB, nothing of each`,
    begin: (port) => hold(port, CONNECTIONS, () => undefined),
  },
];

export const strangers: Part = {
  name: 'strangers',
  title: 'Strangers at the door',
  async measure(bench) {
    let acks: readonly number[] = [];
    const rows: string[][] = [];
    for (const [index, attack] of ATTACKS.entries()) {
      bench.say(`  ${attack.what}`);
      // Each attack meets an app of its own: memory that an app has used once is used again, and would cost nothing.
      const app = await bench.lostdeal(`file:${join(bench.folder, `${index}.db`)}`);
      acks = await warmUp(app);
      await after(SETTLE_MS);
      rows.push(await suffered(app, attack));
      await app.stop();
    }
    return `Lostdeal in HTTP delivery, warmed up with ${WARM_UP_REQUESTS.toLocaleString('en')} requests, while a stranger holds
requests to \`/slack/events\` open with a signature that is not Slack's. Memory is the highest resident one over the one
right before, looked at every ${LOOK_EVERY_MS} ms; acks are those of one person who types a command every ${TYPE_EVERY_MS} ms. Without strangers
p50 is ${milliseconds(percentile(acks, 0.5))} and p99 ${milliseconds(percentile(acks, 0.99))}.

${table([['held open', 'before', 'more', 'ack p50', 'ack p99', 'not acked'], ...rows])}

${LIMITS}
`;
  },
};

const LIMITS = `What limits it: unfinished bodies hold 1.5 MB together, then the oldest gives way; while more than 300 kB were
read in vain, bodies of more than 64 kB are not read. The rest is what a connection costs Node, and buffers that the garbage
collector has not come to yet. What was changed because of it: Bolt alone reads up to 4 MB of each body before it looks at
the signature.`;

async function suffered(app: RunningApp, attack: Attack): Promise<string[]> {
  const before = await app.memory();
  let most = before;
  let over = false;
  const watching = (async () => {
    while (!over) {
      most = Math.max(most, await app.memory());
      await after(LOOK_EVERY_MS);
    }
  })();
  const sockets = await attack.begin(app.port);
  const { acks, lost } = await typing(app, WATCH_MS);
  for (const socket of sockets) socket.destroy();
  over = true;
  await watching;
  return [
    attack.what,
    megabytes(before),
    megabytes(most - before),
    milliseconds(percentile(acks, 0.5)),
    milliseconds(percentile(acks, 0.99)),
    String(lost),
  ];
}

async function warmUp(app: RunningApp): Promise<readonly number[]> {
  const connection = connect(app.port);
  const acks: number[] = [];
  for (let count = 0; count < WARM_UP_REQUESTS; count += 1) {
    acks.push((await connection.send(commandForm(REP, `warm-${count}`, 'help'))).ms);
  }
  connection.close();
  return acks.slice(WARM_UP_REQUESTS / 2).sort((a, b) => a - b);
}

/** Each on a connection of its own, as Slack may come. */
async function typing(app: RunningApp, forMs: number) {
  const acks: number[] = [];
  let lost = 0;
  for (const until = performance.now() + forMs; performance.now() < until; ) {
    const connection = connect(app.port);
    try {
      const { status, ms } = await connection.send(commandForm(REP, `held-${performance.now()}`, 'help'));
      if (status === 200) acks.push(ms);
      else lost += 1;
    } catch {
      // The app closed its connection.
      lost += 1;
    }
    connection.close();
    await after(TYPE_EVERY_MS);
  }
  return { acks: acks.sort((a, b) => a - b), lost };
}

async function hold(port: number, count: number, more: (socket: Socket) => void): Promise<readonly Socket[]> {
  const head = [
    'POST /slack/events HTTP/1.1',
    'Host: x',
    'Content-Type: application/json',
    `Content-Length: ${MB}`,
    `X-Slack-Request-Timestamp: ${Math.floor(Date.now() / 1000)}`,
    `X-Slack-Signature: v0=${'0'.repeat(64)}`,
  ].join('\r\n');
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = openSocket(port, '127.0.0.1');
      // The app closes it sooner or later.
      socket.on('error', () => socket.destroy());
      await once(socket, 'connect');
      socket.write(`${head}\r\n\r\n`);
      more(socket);
      return socket;
    }),
  );
}
