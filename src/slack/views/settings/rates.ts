/** Exchange rates to the team's currency, which reports need to add money of several currencies. */
import type { ExchangeRate, TeamSettings } from '../../../coach/settings/settingsSchema';
import { parseCurrency } from '../../../deal/model/money';
import { clip, plainTyped, tidyName } from '../../../deal/model/typed';
import { fieldId } from '../../ids';
import { textField } from '../fields';
import { dayOf, fault, mapRead, type Read, readText, valid } from '../values';
import type { SettingsForm } from './form';

const RATES = fieldId('rates');

/** All lines fit the field. */
const MOST_RATES = 50;
/** The most that any time zone is ahead of UTC. */
const AHEAD = 14 * 60 * 60 * 1000;

export const ratesForm: SettingsForm<Pick<TeamSettings, 'rates'>> = {
  title: 'Exchange rates',
  of: (settings) => ({ rates: ratesInUse(settings) }),
  blocks: (value, { currency }) => [
    textField({
      block: RATES,
      label: `What one of each currency is worth in ${currency}`,
      hint: `One currency a line, its rate and the day of it, such as ${currency === 'EUR' ? 'USD' : 'EUR'} 1.08 2026-11-03. Reports then add up your currencies too.`,
      multiline: true,
      initial: (value?.rates ?? []).map((it) => `${it.currency} ${it.rate} ${it.on}`).join('\n'),
    }),
  ],
  read: (values, { currency }) =>
    mapRead(readRates(readText(values, RATES) ?? '', currency), (rates) => ({ rates })),
  put({ rates, currency }, _item, value, { now }) {
    const today = new Date(now + AHEAD).toISOString().slice(0, 10);
    const early = value.rates.find(({ on }) => on > today);
    if (early !== undefined) {
      return fault(RATES, `${early.currency}: ${early.on} is still to come. Type the day of the rate.`);
    }
    // Rates to another currency wait until the team goes back to it.
    return valid({ rates: [...rates.filter(({ to }) => to !== currency), ...value.rates] });
  },
};

export const ratesInUse = ({ rates, currency }: TeamSettings): ExchangeRate[] =>
  rates.filter(({ to }) => to === currency);

/** Reads rates, one a line. An error names a line that is no rate. */
function readRates(text: string, to: string): Read<ExchangeRate[]> {
  const rates: ExchangeRate[] = [];
  for (const [index, line] of text.split('\n').map(tidyName).entries()) {
    if (line === '') continue;
    const at = `Line ${index + 1}:`;
    const rate = rateIn(line, to);
    if (rate === null) {
      return fault(
        RATES,
        `${at} “${clip(line, 40)}” isn't a rate. Type it like ${to === 'EUR' ? 'USD' : 'EUR'} 1.08 2026-11-03, one currency a line.`,
      );
    }
    if (rate.currency === to) return fault(RATES, `${at} ${to} is your own currency. Take this line out.`);
    if (rates.some(({ currency }) => currency === rate.currency)) {
      return fault(RATES, `${at} ${rate.currency} is there twice. Keep one of the lines.`);
    }
    rates.push(rate);
  }
  return rates.length > MOST_RATES
    ? fault(RATES, `That's ${rates.length} rates, and at most ${MOST_RATES} fit. Take some out.`)
    : valid(rates);
}

/** A comma may be a decimal point or group thousands, so only a point counts. */
function rateIn(line: string, to: string): ExchangeRate | null {
  const [code = '', typed = '', day = '', ...more] = line.split(' ');
  const currency = parseCurrency(code);
  const on = dayOf(day);
  const number = /^0*(\d{1,9})(?:\.(\d{1,9}))?$/u.exec(plainTyped(typed) ?? '');
  if (currency === null || on === null || number === null || more.length > 0) return null;
  const [, whole = '', decimals = ''] = number;
  const fraction = decimals.replace(/0+$/u, '');
  const rate = fraction === '' ? whole : `${whole}.${fraction}`;
  return rate === '0' ? null : { currency, to, rate, on };
}
