import fc from 'fast-check';
import { type LineContext, parseLine, renderLine } from '../../src/playbook/line';
import { MERGE_FIELDS } from '../../src/playbook/schema';

const forNew = (fields: LineContext['fields'] = {}): LineContext => ({ business: 'new', fields });
const forCustomer = (fields: LineContext['fields'] = {}): LineContext => ({ business: 'customer', fields });

describe('a line', () => {
  it.each([
    ['plain words', 'Thank you.', forNew(), 'Thank you.'],
    ['a field', 'Here is {account}.', forNew({ account: 'Northwind' }), 'Here is Northwind.'],
    [
      'an optional part that is known',
      'Thank you[, {prospect}].',
      forNew({ prospect: 'Jo' }),
      'Thank you, Jo.',
    ],
    ['an optional part that is not known', 'Thank you[, {prospect}].', forNew(), 'Thank you.'],
    [
      'a blank value, which is not known',
      'Thank you[, {prospect}].',
      forNew({ prospect: ' ' }),
      'Thank you.',
    ],
    [
      'an optional part with one unknown field',
      'Hi[ {prospect} of {competitor}].',
      forNew({ prospect: 'Jo' }),
      'Hi.',
    ],
    ['the word for new business', 'We {won|kept} it.', forNew(), 'We won it.'],
    ['the word for a customer', 'We {won|kept} it.', forCustomer(), 'We kept it.'],
    [
      'a word within an optional part',
      'Yes[, {prospect}, {won|kept}].',
      forCustomer({ prospect: 'Jo' }),
      'Yes, Jo, kept.',
    ],
  ])('says %s', (_, line, context, said) => {
    expect(renderLine(line, context)).toBe(said);
  });

  it('inserts what people wrote unchanged, marks included', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => text.trim() !== ''),
        (account) => {
          expect(renderLine('For {account}!', forNew({ account }))).toBe(`For ${account}!`);
        },
      ),
    );
  });

  it.each(MERGE_FIELDS)('knows the field %s', (field) => {
    expect(renderLine(`{${field}}`, forNew({ [field]: 'x' }))).toBe('x');
  });

  it('is refused without a field that it needs', () => {
    expect(() => renderLine('For {account}.', forNew())).toThrow(
      expect.objectContaining({ code: 'playbook_field_missing' }),
    );
  });

  it('is refused with broken marks', () => {
    expect(() => renderLine('For {account.', forNew())).toThrow(
      expect.objectContaining({ code: 'playbook_broken_line' }),
    );
  });

  it('has a problem or no mark left, whatever is written', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '|',
      'word',
      ' ',
      '{account}',
      '[, {prospect}]',
      '{a|b}',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), fc.boolean(), (parts, known) => {
        const line = parts.join('');
        if (parseLine(line).problems.length > 0) return;
        const fields = { account: 'A', ...(known ? { prospect: 'P' } : {}) };
        expect(renderLine(line, forNew(fields))).not.toMatch(/[{}[\]|]/);
      }),
    );
  });
});
