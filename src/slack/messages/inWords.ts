/**
 * People in messages that others read too. A mention alerts whomever it names, and whoever is concerned gets a direct
 * message, so names stand there in words: nobody gets two alerts for one thing.
 */
import type { Block, KnownBlock, RichTextElement } from '@slack/types';
import type { UserId } from '../../deal/model/deal';
import { cut, fallbackText } from '../text';
import type { Slot } from './slot';

/** Longest name that Slack keeps, in characters. */
const NAME_MAX = 80;

const MENTION = /<@([UW][A-Z0-9]+)>/gu;

const isRead = ({ place }: Slot): boolean => place.in !== 'dm';
const alerts = ({ mentions = [] }: Slot, user: UserId): boolean => mentions.includes(user);

/** The people whose names stand in words. */
export function namedInWords(slots: readonly Slot[]): UserId[] {
  const named = slots.filter(isRead).flatMap((slot) => {
    const inText = [...slot.text.matchAll(MENTION)].map(([, user = '']) => user);
    const inBlocks = slot.blocks
      .flatMap(elementsOf)
      .flatMap((it) => (it.type === 'user' ? [it.user_id] : []));
    return [...inText, ...inBlocks].filter((user) => !alerts(slot, user));
  });
  return [...new Set(named)];
}

/** @param names full names; somebody without one keeps the mention, so that everybody can read who it is */
export function nameInWords(slots: readonly Slot[], names: ReadonlyMap<UserId, string>): Slot[] {
  return slots.map((slot) => {
    if (!isRead(slot)) return slot;
    const nameOf = (user: UserId): string | null => {
      const name = names.get(user)?.trim() ?? '';
      return name === '' || alerts(slot, user) ? null : cut(name, NAME_MAX);
    };
    const text = slot.text.replaceAll(MENTION, (mention, user: string) => {
      const name = nameOf(user);
      return name === null ? mention : fallbackText([name]);
    });
    return { ...slot, text, blocks: slot.blocks.map((block) => inBlock(block, nameOf)) };
  });
}

type NameOf = (user: UserId) => string | null;

function elementsOf(block: KnownBlock | Block): RichTextElement[] {
  if (!isRich(block)) return [];
  return block.elements.flatMap((part) =>
    part.type === 'rich_text_list' ? part.elements.flatMap(({ elements }) => elements) : part.elements,
  );
}

function inBlock(block: KnownBlock, nameOf: NameOf): KnownBlock {
  if (!isRich(block)) return block;
  return {
    ...block,
    elements: block.elements.map((part) => {
      switch (part.type) {
        case 'rich_text_section':
        case 'rich_text_quote':
          return { ...part, elements: part.elements.map((it) => inElement(it, nameOf)) };
        case 'rich_text_list':
          return {
            ...part,
            elements: part.elements.map((item) => ({
              ...item,
              elements: item.elements.map((it) => inElement(it, nameOf)),
            })),
          };
        case 'rich_text_preformatted':
          return part;
        default:
          return part satisfies never;
      }
    }),
  };
}

function inElement(element: RichTextElement, nameOf: NameOf): RichTextElement {
  if (element.type !== 'user') return element;
  const name = nameOf(element.user_id);
  const style = element.style?.bold === true ? { style: { bold: true } } : {};
  return name === null ? element : { type: 'text', text: name, ...style };
}

const isRich = (block: KnownBlock | Block): block is Extract<KnownBlock, { type: 'rich_text' }> =>
  block.type === 'rich_text';
