/** A screen or message as a person reads it, as plain text: one line for each thing on it. */

interface Node {
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
const textOf = (value: unknown): string =>
  isNode(value) && typeof value.text === 'string' ? value.text : '';

/** A modal: title, everything on it, and its buttons at the bottom. */
export function readView(view: unknown): string {
  if (!isNode(view)) return '';
  const frame = [view.title, view.submit, view.close].map(textOf);
  return [`# ${frame[0]}`, readBlocks(view.blocks), `(${frame[1]}) (${frame[2]})`].join('\n');
}

/** Blocks of a message or screen. Buttons are in square brackets, people and dates in angle brackets. */
export function readBlocks(blocks: unknown): string {
  return nodes(blocks).map(readBlock).join('\n');
}

function readBlock(block: Node): string {
  switch (block.type) {
    case 'rich_text':
      return nodes(block.elements).map(readRich).join('\n');
    case 'context':
      return nodes(block.elements).map(textOf).join(' ');
    case 'actions':
      return nodes(block.elements)
        .map((element) => `[${textOf(element.text)}]`)
        .join(' ');
    case 'input':
      return readInput(block);
    case 'divider':
      return '---';
    default:
      return textOf(block.text);
  }
}

function readInput(block: Node): string {
  const element = isNode(block.element) ? block.element : {};
  const options = nodes(element.options).map((option) => textOf(option.text));
  const initial = [
    element.initial_value,
    element.initial_date,
    element.initial_date_time,
    element.initial_user,
    isNode(element.initial_option) ? textOf(element.initial_option.text) : undefined,
    ...nodes(element.initial_options).map((option) => textOf(option.text)),
  ].filter((value) => value !== undefined);
  const optional = block.optional === true ? '' : '*';
  return `${textOf(block.label)}${optional}: ${initial.join(', ')}${options.length > 0 ? ` {${options.join(' | ')}}` : ''}`;
}

function readRich(element: Node): string {
  const inner = nodes(element.elements);
  switch (element.type) {
    case 'rich_text_quote':
      return `> ${inner.map(readInline).join('')}`;
    case 'rich_text_list':
      return inner.map((item) => `- ${nodes(item.elements).map(readInline).join('')}`).join('\n');
    case 'rich_text_preformatted':
      return `\`\`\`\n${inner.map(readInline).join('')}\n\`\`\``;
    default:
      return inner.map(readInline).join('');
  }
}

function readInline(element: Node): string {
  switch (element.type) {
    case 'text':
      return String(element.text);
    case 'user':
      return `<${String(element.user_id)}>`;
    case 'date':
      return `<${String(element.fallback)}>`;
    case 'link':
      return `<${String(element.url)}|${String(element.text)}>`;
    default:
      return `?${String(element.type)}?`;
  }
}
