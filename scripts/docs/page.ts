/** Parts of a page that are made from the code stand between two comments that name them. */

const begin = (name: string) => `<!-- ${name}: made by npm run docs -->`;
const end = (name: string) => `<!-- end of ${name} -->`;

/** What stands in the page under this name; null when it has no such part. */
export function partOf(page: string, name: string): string | null {
  const from = page.indexOf(begin(name));
  const to = page.indexOf(end(name));
  return from < 0 || to < from ? null : page.slice(from + begin(name).length, to).trim();
}

/** @throws Error when the page has no such part */
export function withPart(page: string, name: string, text: string): string {
  const from = page.indexOf(begin(name));
  const to = page.indexOf(end(name));
  if (from < 0 || to < from) throw new Error(`the page has no part called ${name}`);
  return `${page.slice(0, from)}${begin(name)}\n${text}\n${page.slice(to)}`;
}
