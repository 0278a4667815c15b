/** `/lostdeal list` and its pages. */
import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { overview } from '../../coach/overview';
import { ACTIONS, decodeRef } from '../ids';
import { list } from '../views/list';
import { onClick, update } from './handlers';
import type { Request, SlackDeps } from './request';

/** Of each kind; whoever has more open deals has their threads. */
const MOST = 250;

export async function listScreen({ coach }: SlackDeps, { who }: Request, page = 0): Promise<ModalView> {
  const { waiting, mine, others } = await overview(coach, who, MOST + 1);
  const isCut = [waiting, mine, others].some(({ length }) => length > MOST);
  return list({
    waiting: waiting.slice(0, MOST),
    mine: mine.slice(0, MOST),
    others: others.slice(0, MOST),
    page,
    upTo: isCut ? MOST : null,
  });
}

export function registerList(app: App, deps: SlackDeps): void {
  onClick(app, deps, ACTIONS.listPage, async (d, { value }) =>
    update(await listScreen(deps, d, decodeRef(value)?.page ?? 0)),
  );
}
