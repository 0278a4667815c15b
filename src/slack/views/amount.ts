import { formatMoney, type Money } from '../../deal/model/money';

/** An amount as it stands in an input: "48,000 EUR", which reads back as the same amount whatever the locale. */
export function amountText(money: Money | null): string | null {
  if (money === null) return null;
  const digits = /\d[\d.,]*/u.exec(formatMoney(money))?.[0] ?? '';
  return `${digits} ${money.currency}`;
}

/** "48,000 EUR": how an amount may be typed. */
export function amountExample(currency: string): string {
  return `48,000 ${currency}`;
}

/** What a yes may cost: less than what it saves, or it would look like the deal's own worth. */
export function costExample(currency: string): string {
  return `4,000 ${currency}`;
}
