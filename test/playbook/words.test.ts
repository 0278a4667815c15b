/** The words of a playbook, and the built-in ones for what it leaves out. */
import { BUILT_IN_MAILS } from '../../src/playbook/builtInWords';
import { mailOf } from '../../src/playbook/words';

const own = { subject: 'Thanks', text: ['Thank you for your time.'] };

test('a mail is the playbook’s own, else the built-in one', () => {
  expect(mailOf({ mails: { last: own } }, 'last')).toEqual(own);
  expect(mailOf({ mails: { last: own } }, 'offer')).toEqual(BUILT_IN_MAILS.offer);
});

test('a playbook of an earlier release has its thank-you mail among its words', () => {
  const words = { mail: ['Hello, thank you.'] };
  expect(mailOf({ words }, 'thank_you').text).toEqual(words.mail);
  expect(mailOf({ words }, 'decline')).toEqual(BUILT_IN_MAILS.decline);
});
