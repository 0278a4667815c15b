/** The digest of a week or month, and three losses to one competitor: messages that nobody asked for. */
import type { Digest } from '../../coach/learn';
import { DIGEST } from '../../coach/learn';
import type { ToldLosses } from '../../coach/losses';
import type { Notice } from '../../store/store';
import { ACTIONS } from '../ids';
import {
  buttons,
  digestSentence,
  fallbackText,
  lossLines,
  lossSentence,
  paragraph,
  rich,
  shortFigures,
} from '../text';
import { dm, type Slot } from './slot';

/** One sentence to forward, with a few figures under it. A channel reads no account and no word of a buyer. */
export function digestSlot({ id, to }: Notice, { toChannel, learned }: Digest): Slot {
  const sentence = digestSentence(learned);
  return {
    key: id,
    place: toChannel ? { in: 'channel', channel: to } : dm(to),
    text: fallbackText([sentence.text]),
    blocks: [
      ...(sentence.isHeadline ? [] : [paragraph([{ bold: sentence.text }])]),
      ...shortFigures(learned),
      buttons(
        { action: ACTIONS.figureReport, label: 'Report', ref: { section: DIGEST, item: id } },
        // Nobody stops it for a whole channel.
        ...(toChannel ? [] : [{ action: ACTIONS.digestStop, label: 'Stop this' }]),
      ),
    ],
    notifies: true,
    overtaken: false,
  };
}

export function lossesSlot({ id, to }: Notice, told: ToldLosses): Slot {
  const sentence = lossSentence(told);
  return {
    key: id,
    place: dm(to),
    text: fallbackText([sentence]),
    blocks: [rich(...lossLines(told)), buttons({ action: ACTIONS.figureReport, label: 'Report', ref: {} })],
    notifies: true,
    overtaken: false,
  };
}
