/**
 * `npm run sandbox`: Lostdeal against a local Slack, to play with in the browser. `-- --story` plays the whole
 * story in the terminal instead; `-- --history` begins with a year of deals; `-- --port N` chooses the address.
 */
import { parseArgs } from 'node:util';
import { startDemo } from './demo';
import { tellStory } from './tellStory';

const { values } = parseArgs({
  options: {
    story: { type: 'boolean', default: false },
    history: { type: 'boolean', default: false },
    port: { type: 'string', default: '4100' },
  },
});

const LEARN = `  4. Act as Maya. Open Home for what the team is learning, or type /lostdeal report or /lostdeal vs Globex.
`;

async function main(): Promise<void> {
  if (values.story) {
    const demo = await startDemo({ port: 0, logLevel: 'warn' });
    try {
      await tellStory(demo.sandbox.url);
    } finally {
      await demo.stop();
    }
    return;
  }
  // What is worth reading here is what to try; whoever looks for more asks for it.
  const logLevel = process.env.LOG_LEVEL ?? 'warn';
  const { history } = values;
  const demo = await startDemo({ port: Number(values.port), logLevel, history }).catch((error: unknown) => {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') throw error;
    console.log(`Port ${values.port} is taken. Using a free one.`);
    return startDemo({ port: 0, logLevel, history });
  });
  const { url } = demo.sandbox;
  console.log(`
Lostdeal is running in a local Slack. Open ${url}/?as=robin
  1. You're Robin, a rep. Type /lostdeal Acme in any channel and tap through the call.
  2. Say they'd have chosen us and that nothing is signed. Save, with Maya as the one who can say yes.
  3. Act as Maya at the top of the page, or let time pass: +1 hour, to tomorrow morning, to this date.
${history ? LEARN : ''}Stop with Ctrl+C. Nothing is kept.
`);
  const stop = () => {
    demo.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
