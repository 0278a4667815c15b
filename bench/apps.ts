/** Starts the apps under measurement, and ends those that a part left running. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { SIGNING_SECRET } from './connection';
import type { Bench } from './part';
import { type RunningApp, startApp } from './process';
import { CHANNEL } from './slackStub';

export const ROOT = join(__dirname, '..');

export interface Apps extends Pick<Bench, 'lostdeal' | 'bare'> {
  stop(): Promise<void>;
}

export function createApps(slackApiUrl: string): Apps {
  const common = {
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: slackApiUrl,
  };
  const running: RunningApp[] = [];
  const track = (app: RunningApp): RunningApp => {
    running.push(app);
    return app;
  };
  return {
    lostdeal: async (databaseUrl, env = {}) =>
      track(
        await startApp(join(ROOT, 'dist', 'main.js'), {
          ...common,
          LOSTDEAL_CHANNEL: CHANNEL,
          DATABASE_URL: databaseUrl,
          ...env,
        }),
      ),
    bare: async () => track(await startApp(buildBareApp(), common)),
    async stop() {
      await Promise.all(running.splice(0).map((app) => app.stop()));
    },
  };
}

/** Both apps are plain JavaScript when they run, so that neither pays for a compiler. */
function buildBareApp(): string {
  const folder = join(ROOT, 'dist', 'bench');
  mkdirSync(folder, { recursive: true });
  const { code } = transformFileSync(join(__dirname, 'bareApp.ts'), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const script = join(folder, 'bareApp.js');
  writeFileSync(script, code);
  return script;
}
