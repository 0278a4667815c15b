/** docs/benchmarks.md: a head, and one section for each part. The section of a part that did not run stays as it is. */
import { fsyncMs, machine, versions } from './machine';
import type { Part } from './part';

const HEAD = `# Benchmarks

Written by \`npm run bench\`; \`npm run bench -- acks growth\` measures only those parts and leaves the others as they
are. Everything runs on one machine over loopback, load and apps alike, so compare the columns of one table and not
runs of different days.
`;

export type Section = { readonly part: Part; readonly body: string };

/** @param page as it stands; empty when there is none */
export function report(page: string, parts: readonly Part[], measured: readonly Section[]): string {
  const sections = parts.flatMap((part) => {
    const now = measured.find((section) => section.part === part);
    const body = now?.body ?? sectionOf(page, part);
    return body === null ? [] : [`## ${part.title}\n\n${body.trim()}\n`];
  });
  return [HEAD, ...sections].join('\n');
}

/** Stands above the figures of each section, as parts may run on different days. */
export const measuredOn = (folder: string): string =>
  `Measured ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC on ${machine()}; one fsync of 4 kB takes ` +
  `${fsyncMs(folder).toFixed(2)} ms there. ${versions()}.`;

function sectionOf(page: string, part: Part): string | null {
  const section = page.split(/^## /mu).find((text) => text.startsWith(`${part.title}\n`));
  return section?.slice(part.title.length).trim() ?? null;
}
