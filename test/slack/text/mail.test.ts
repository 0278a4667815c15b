/** Mails that the rep sends: whole in a text to copy, with a link that opens a mail program. */
import type { Deal, DecisionTerms } from '../../../src/deal/model/deal';
import type { MailKey } from '../../../src/playbook/schema';
import { mailPieces, rich } from '../../../src/slack/text';
import { renderedFaults } from '../../words/lint';
import { answered, decision, HOUR, heartbeat, NOW, newDeal, pendingAsk, pulse } from '../deals';
import { readBlocks } from '../read';

const people = { prospect: 'Ms Reyes', competitor: 'Contoso' };
const known = newDeal({ details: { ...newDeal().details, ...people } });
const decidedAs = (terms: DecisionTerms, more: Partial<Deal> = {}): Deal =>
  pulse({
    details: { ...pulse().details, ...people },
    zone: 'America/New_York',
    ask: pendingAsk({ status: 'decided', decisions: [decision(20, terms)] }),
    ...more,
  });
const match: DecisionTerms = {
  kind: 'match',
  terms: 'Delivery in three weeks.',
  cost: null,
  value: null,
  inReturn: 'the order by Friday',
  expiresAt: Date.UTC(2026, 10, 27, 17),
};
const decline: DecisionTerms = { kind: 'decline', reason: 'we cannot build it that fast' };
const hoped = answered('hoped_for', 'hoped_for', { kind: 'text', text: 'A start within three weeks' });

/** The rich text of a mail: its subject, the text to copy and the link. */
function read(deal: Deal, key: MailKey, rep: string | null = 'Robin Reyes') {
  const block = rich(...mailPieces(deal, heartbeat, key, rep));
  const copied = block.elements.find(({ type }) => type === 'rich_text_preformatted');
  const all = block.elements.flatMap(({ elements }) => elements as readonly unknown[]);
  const link = all.find((it): it is { url: string } => (it as { type: string }).type === 'link');
  return {
    shown: readBlocks([block]),
    text: copied === undefined ? '' : (copied.elements as { text: string }[]).map((it) => it.text).join(''),
    link: link?.url ?? null,
    faults: renderedFaults([block]),
    kinds: all.map((it) => (it as { type: string }).type),
  };
}

const MAILS: readonly (readonly [key: MailKey, deal: Deal, subject: string, text: string])[] = [
  [
    'thank_you',
    known,
    'Thank you, and one question',
    `Hi Ms Reyes,

I tried to call to say thank you, not to change your mind.

There's one thing I'd love to learn from you. When could I call you for two minutes?

Best,
Robin Reyes`,
  ],
  [
    'offer',
    decidedAs(match),
    'What we talked about',
    `Hi Ms Reyes,

Here it is in writing: Delivery in three weeks.

In return, we'd need the order by Friday. It's good until noon on Friday. If it works for you, reply with a yes and I'll take it from there.

Best,
Robin Reyes`,
  ],
  [
    'decline',
    decidedAs(decline),
    'Thank you for giving us a chance',
    `Hi Ms Reyes,

I asked, and it's a no this time. Here's why: we cannot build it that fast.

I hope it goes really well with Contoso. Could I check in before you decide again?

Best,
Robin Reyes`,
  ],
  [
    're_engage',
    known,
    'Before you decide again',
    `Hi Ms Reyes,

It's been a while. How has it been going with Contoso?

I'd like to show you what's new here. Would 20 minutes next week work?

Best,
Robin Reyes`,
  ],
  [
    'keep_talking',
    { ...known, verdict: 'keep_talking', trail: [hoped] },
    "What I said I'd send",
    `Hi Ms Reyes,

Thanks for being so open with me. You told me what was missing: A start within three weeks. Here's what I can do: …

When's a good time to go through it?

Best,
Robin Reyes`,
  ],
  [
    'last',
    known,
    'Closing my file',
    `Hi Ms Reyes,

I've tried you a few times, so I'll stop here.

If you ever have two minutes, just reply. I'd still love to learn what tipped it.

Best,
Robin Reyes`,
  ],
];

describe.each(MAILS)('%s', (key, deal, subject, text) => {
  it('has its subject, a greeting and the name of the rep, and no mention', () => {
    const mail = read(deal, key);
    expect(mail.shown).toContain(`Subject ${subject}\n`);
    expect(mail.text).toBe(text);
    expect(new Set(mail.kinds)).toEqual(new Set(['text', 'link']));
    expect(mail.faults).toEqual([]);
  });

  it('opens in a mail program without an address, and is whole without that link', () => {
    const { link, shown } = read(deal, key);
    const url = new URL(link ?? '');
    expect([url.protocol, url.pathname]).toEqual(['mailto:', '']);
    expect(url.searchParams.get('subject')).toBe(subject);
    expect(url.searchParams.get('body')).toBe(text.replaceAll('\n', '\r\n'));
    expect(shown).toContain(subject);
    expect(shown).toContain(text);
  });

  it('reads well while neither the prospect nor the name of the rep is known', () => {
    const bare = { ...deal, details: { ...deal.details, prospect: null, competitor: null } };
    const mail = read(bare, key, null);
    expect(mail.text).toMatch(/^Hi,\n\n[\s\S]*\n\nBest,$/u);
    expect(mail.faults).toEqual([]);
  });
});

describe('odd words', () => {
  const odd = 'Q&A at 50% + “ü” <b>? #1=2\nnext line';
  const deal = decidedAs({ ...match, terms: odd });

  it('arrive in the mail program as they are', () => {
    const { link, text } = read(deal, 'offer', 'Zoë & Co 😀');
    expect(text).toContain('Q&A at 50% + “ü” <b>? #1=2, next line.');
    expect(link).toMatch(/^mailto:\?subject=[^&\s]+&body=[^&\s+#<>]+$/u);
    const body = decodeURIComponent(link?.split('&body=')[1] ?? '');
    expect(body).toBe(text.replaceAll('\n', '\r\n'));
    expect(body).toContain('Best,\r\nZoë & Co 😀');
  });

  it('never make a mention or an emoji, and half a character breaks nothing', () => {
    const bad = decidedAs({ ...match, terms: '<@U0REP> (:tada:) \ud83d' });
    const { kinds, text, link } = read(bad, 'offer');
    expect(new Set(kinds)).toEqual(new Set(['text', 'link']));
    expect(text).toContain('<@U0REP> (:tada:)');
    expect(link).not.toBeNull();
  });
});

it('an offer in writing leaves no word out, and goes without a link that is too long for Slack', () => {
  const terms = `${'Delivery in three weeks at the same price. '.repeat(90)}Last word`;
  const { text, link } = read(decidedAs({ ...match, terms }), 'offer');
  expect(text).toContain('Last word.');
  expect(link).toBeNull();
});

it('a time is read out in the zone of the rep, and says that it is UTC while that is not known', () => {
  expect(read(decidedAs(match, { zone: null }), 'offer').text).toContain(
    "It's good until 2026-11-27 17:00 UTC.",
  );
  expect(read(decidedAs({ ...match, expiresAt: NOW + HOUR }), 'offer').text).toContain(
    "It's good until 6 am on Monday.",
  );
});

it('a thank-you mail of an earlier playbook greets by itself and gets only the name', () => {
  const own = { ...heartbeat, words: { mail: ['Hello[ {prospect}], thank you.', 'With kind regards.'] } };
  const block = rich(...mailPieces(known, own, 'thank_you', 'Robin Reyes'));
  expect(readBlocks([block])).toContain('Hello Ms Reyes, thank you.\n\nWith kind regards.\n\nRobin Reyes');
});
