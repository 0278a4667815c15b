/**
 * Finds what Slack would refuse: the sandbox's own checks, which know every block, and on top our stricter promise:
 * lengths count on the encoded text, and a message stays well below Slack's undocumented total.
 */
import { findBlockFaults, findViewFaults } from 'slack-sandbox';
import type { Slot } from '../../src/slack/messages/slot';
import { encodedLength } from '../../src/slack/text';

const MESSAGE_TOTAL = 10_000;
const FALLBACK_MAX = 3_000;
const VIEW_BYTES = 250_000;

interface Node {
  readonly [key: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Faults of a modal or App Home; empty when Slack takes it. */
export function viewFaults(view: { readonly type: string; readonly blocks: readonly unknown[] }): string[] {
  const bytes = Buffer.byteLength(JSON.stringify(view));
  return [
    ...findViewFaults(view, view.type === 'home' ? 'home' : 'modal'),
    ...textFaults(view),
    ...sameNames(view.blocks),
    ...(bytes > VIEW_BYTES ? [`the view has ${bytes} bytes`] : []),
  ];
}

/** What a screen reader says of each button. */
export const buttonNames = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(buttonNames);
  if (!isNode(value)) return [];
  if (value.type !== 'button') return Object.values(value).flatMap(buttonNames);
  const { accessibility_label: label, text } = value;
  return [String(label ?? (isNode(text) ? text.text : ''))];
};

/** Buttons of one screen that people who hear it cannot tell apart. */
function sameNames(blocks: readonly unknown[]): string[] {
  const names = buttonNames(blocks);
  const again = names.filter((name, index) => names.indexOf(name) !== index);
  return [...new Set(again)].map((name) => `two buttons are read out as “${name}”`);
}

/** Faults of a message; empty when Slack takes it. */
export function slotFaults(slot: Slot): string[] {
  const total = charactersIn(slot.blocks) + slot.text.length;
  return [
    ...findBlockFaults(slot.blocks, 'message', '/blocks', 50),
    ...textFaults(slot.blocks),
    ...(slot.blocks[0]?.type === 'rich_text' ? [] : ['the first block is not rich text']),
    ...(total >= MESSAGE_TOTAL ? [`the message has ${total} characters`] : []),
    ...(slot.text.length > FALLBACK_MAX || slot.text.length === 0
      ? [`the text has ${slot.text.length} characters`]
      : []),
  ].map((fault) => `${slot.key}: ${fault}`);
}

/** Every text a person reads, as Slack counts it. */
export function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + charactersIn(item), 0);
  if (!isNode(value)) return 0;
  return Object.entries(value).reduce((sum, [key, item]) => {
    if (typeof item === 'string')
      return sum + (key === 'text' || key === 'fallback' ? encodedLength(item) : 0);
    return sum + charactersIn(item);
  }, 0);
}

const PLAIN_MAX: Readonly<Record<string, number>> = { title: 24, submit: 24, close: 24, placeholder: 150 };

/** Of the question before a tap counts. */
const CONFIRM_MAX: Readonly<Record<string, number>> = { title: 100, text: 300, confirm: 30, deny: 30 };

/** No parsed text anywhere, and encoded lengths within the limits. */
function textFaults(value: unknown, key = '', parent: Node = {}): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => textFaults(item, key, parent));
  if (!isNode(value)) return [];
  const faults: string[] = [];
  if (value.type === 'mrkdwn') faults.push(`parsed text: ${String(value.text)}`);
  if (value.type === 'plain_text') {
    const text = String(value.text);
    const isConfirmed = 'deny' in parent;
    const max =
      parent.type === 'button' || 'value' in parent
        ? 75
        : ((isConfirmed ? CONFIRM_MAX : PLAIN_MAX)[key] ?? 3000);
    if (value.emoji !== false) faults.push(`emoji are not off in “${text}”`);
    if (encodedLength(text) > max) faults.push(`“${text.slice(0, 40)}…” is longer than ${max}`);
  }
  if (value.type === 'text' && encodedLength(String(value.text)) > 3000)
    faults.push('a rich text element is too long');
  return [
    ...faults,
    ...Object.entries(value).flatMap(([inner, item]) => textFaults(item, inner, isNode(value) ? value : {})),
  ];
}
