/** Starts the apps under measurement, and ends those that a part left running. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { SIGNING_SECRET } from './connection';
import type { Bench } from './part';
import { type RunningApp, startApp } from './process';
import { CHANNEL } from './slackStub';

export const ROOT = join(__dirname, '..');

export interface Apps extends Pick<Bench, 'lostdeal' | 'day' | 'bare'> {
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
    day: async (path) => track(await startApp(buildApp('dayApp'), { ...common, DATABASE_FILE: path })),
    bare: async () => track(await startApp(buildApp('bareApp'), common)),
    async stop() {
      await Promise.all(running.splice(0).map((app) => app.stop()));
    },
  };
}

/** All apps run as plain JavaScript, so that none pays for a compiler. */
function buildApp(name: 'bareApp' | 'dayApp'): string {
  const folder = join(ROOT, 'dist', 'bench');
  mkdirSync(folder, { recursive: true });
  const { code } = transformFileSync(join(__dirname, `${name}.ts`), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const script = join(folder, `${name}.js`);
  writeFileSync(script, code);
  return script;
}
