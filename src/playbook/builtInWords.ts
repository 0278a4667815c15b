/** Words for moments after the call that serve every playbook. A playbook replaces any of them with its own. */
import type { Mail, MailKey, Reply, WordsKey } from './schema';

const AFTER_AN_OFFER: readonly Reply[] = [
  {
    hear: "Why didn't you offer that before?",
    reply: "Fair question. I should have asked you before I quoted. That's on me, and it's why I came back.",
  },
  {
    hear: "We've told them yes.",
    reply:
      "Understood, and I won't ask you to go back on that. Shall we leave it there, or is it still open?",
  },
  { hear: 'I need to think.', reply: 'Of course. When should I call you?' },
  {
    hear: 'Send it in writing.',
    reply: "Right after this call. What's the one thing it has to say?",
  },
];

export const BUILT_IN_WORDS: Readonly<Record<WordsKey, readonly string[]>> = {
  voicemail: [
    "Hi[ {prospect}][, it's {rep}]. I'm not calling to change your mind. I'd like to thank you and ask you one thing.",
    "I'll try you again, or call me back anytime.",
  ],
  mail: [
    'Hi[ {prospect}], I tried to call to say thank you, not to change your mind.',
    "There's one thing I'd love to learn from you. When could I call you for two minutes?",
  ],
  holding: [
    "Hi[ {prospect}], I said I'd call[ {by_call_back}], so I'm calling. I don't have the answer yet, and I didn't want to leave you guessing.",
    "I'll call you the minute I know. Is there a time you need it by?",
  ],
  match: [
    "Hi[ {prospect}], thanks for waiting. Good news, it's a yes.",
    "Here's what we can do for you: {terms}. You told me that would have {won|kept} your business.",
    "[In return, we'd need {in_return}. ][It's good until {expiry}. ]Shall we go ahead?",
  ],
  counter: [
    "Hi[ {prospect}], thanks for waiting. I went and asked. I couldn't get you all of it, but here's what we can do: {terms}.",
    "[In return, we'd need {in_return}. ][It's good until {expiry}. ]Is that enough for you to {go ahead|stay}?",
  ],
  decline: [
    "Hi[ {prospect}], thanks for waiting. I asked, and I'm sorry, it's a no this time.",
    "Here's why: {reason}.",
    "Please don't wait for us. Could I check in with you before you decide again?",
  ],
  welcome_back: [
    "Thank you[, {prospect},] for giving us a second chance. We're really glad to be working with {account}.",
    "I'll keep an eye on everything we agreed. If anything's off, call me first.",
  ],
  re_engage: [
    "Hi[ {prospect}], it's been a while. How has it been going[ with {competitor}]?",
    "Could I show you what's new on our side before you take another look?",
  ],
  next_try: ["Hi[ {prospect}][, it's {rep}]. I won't keep you. Do you have two minutes?"],
  last_voicemail: [
    "Hi[ {prospect}][, it's {rep} again]. I'd still like to thank you and ask one thing. Call me whenever you like.",
    "Otherwise I'll send a note and leave it there.",
  ],
  offer_now: ['I can do that for you. Would you like to hear it?'],
  re_engage_agreed: [
    'Hi[ {prospect}]. You said I could call about now.',
    "It's been a while. How has it been going[ with {competitor}]?",
    "Could I show you what's new on our side before you take another look?",
  ],
  pledge_held: ['You chose[ {competitor} for] {pledged}. Did that hold?'],
};

/** Without the greeting and the signature, which every mail has. */
export const BUILT_IN_MAILS: Readonly<Record<MailKey, Mail>> = {
  thank_you: {
    subject: 'Thank you, and one question',
    text: [
      'I tried to call to say thank you, not to change your mind.',
      "There's one thing I'd love to learn from you. When could I call you for two minutes?",
    ],
  },
  offer: {
    subject: 'What we talked about',
    text: [
      'Here it is in writing: {terms}.',
      "[In return, we'd need {in_return}. ][It's good until {expiry}. ]If it works for you, reply with a yes and I'll take it from there.",
    ],
  },
  decline: {
    subject: 'Thank you for giving us a chance',
    text: [
      "I asked, and it's a no this time. Here's why: {reason}.",
      'I hope it goes really well[ with {competitor}]. Could I check in before you decide again?',
    ],
  },
  re_engage: {
    subject: 'Before you decide again',
    text: [
      "It's been a while. How has it been going[ with {competitor}]?",
      "I'd like to show you what's new here. Would 20 minutes next week work?",
    ],
  },
  keep_talking: {
    subject: "What I said I'd send",
    text: [
      "Thanks for being so open with me. [You told me what was missing: {hoped_for}. ]Here's what I can do: {terms}.",
      "When's a good time to go through it?",
    ],
  },
  last: {
    subject: 'Closing my file',
    text: [
      "I've tried you a few times, so I'll stop here.",
      "If you ever have two minutes, just reply. I'd still love to learn what tipped it.",
    ],
  },
};

export const BUILT_IN_REPLIES: Readonly<Partial<Record<WordsKey, readonly Reply[]>>> = {
  match: AFTER_AN_OFFER,
  counter: [
    ...AFTER_AN_OFFER,
    {
      hear: "It's not enough.",
      reply: "Thanks for being straight. What's the one thing still missing?",
    },
    {
      hear: 'They just improved theirs.',
      reply: "Good for you, and I won't start a bidding war. Does ours still work for you?",
    },
  ],
  decline: [
    {
      hear: 'Then why did I wait?',
      reply: "I'm sorry it cost you time. I wanted to try, and to call you either way.",
    },
    {
      hear: 'Can you ask again?',
      reply: "I'd be giving you false hope, and I don't want to.",
    },
  ],
};
