/** Measures a page: names for screen readers, contrast, and elements outside of the window. */
import type { Page } from 'playwright-core';

/** Roles of Chromium's accessibility tree that need a name. */
const NAMED_ROLES = new Set([
  ...['button', 'checkbox', 'combobox', 'link', 'listbox', 'menuitem', 'option', 'radio', 'searchbox', 'tab'],
  ...['textbox', 'dialog', 'log', 'navigation', 'tablist', 'radiogroup', 'Date', 'InputTime'],
]);

interface AccessibilityNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
}

/** The roles of elements that a screen reader cannot name. */
export async function unnamedElements(page: Page): Promise<readonly string[]> {
  const client = await page.context().newCDPSession(page);
  const { nodes } = (await client.send('Accessibility.getFullAXTree')) as unknown as {
    nodes: AccessibilityNode[];
  };
  await client.detach();
  const pictures = await page.locator('img:not([alt])').count();
  const controls = nodes
    .filter(({ ignored, role }) => !ignored && NAMED_ROLES.has(role?.value ?? ''))
    .filter(({ name }) => (name?.value ?? '').trim() === '')
    .map(({ role }) => role?.value ?? '');
  return [...controls, ...Array.from({ length: pictures }, () => 'img')];
}

/** Texts whose contrast with their background is below WCAG's 4.5 (3 for large text), as `text: 3.2`. */
export function lowContrastTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(MEASURE_CONTRAST);
}

/** As source text, because it runs in the page, whose DOM this program does not have. */
const MEASURE_CONTRAST = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((value, i) => (value * a + under[i] * (255 - a)) / 255);
  const backgroundOf = (element) => {
    const layers = [];
    for (let at = element; at !== null; at = at.parentElement) {
      layers.push(rgba(getComputedStyle(at).backgroundColor));
      if (layers.at(-1)[3] === 255) break;
    }
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const luminance = (color) => {
    const [r, g, b] = color.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent.trim();
    if (text === '' || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (element.closest('.visually-hidden, option, svg') !== null) continue;
    const style = getComputedStyle(element);
    const background = backgroundOf(element);
    const [one, other] = [luminance(over(rgba(style.color), background)), luminance(background)].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (large ? 3 : 4.5)) found.push(text.slice(0, 40) + ': ' + contrast.toFixed(2));
  }
  return found;
})()`;

/** Elements that end to the right of the window, as tag and classes. Left out is what scrolls or clips by design. */
export function overflowingElements(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(`(() => {
    const width = document.documentElement.clientWidth;
    const clipped = (element) => element.closest('.carousel, .visually-hidden, pre, .sidebar') !== null;
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !clipped(element))
      .filter((element) => element.getBoundingClientRect().right > width + 0.5)
      .map((element) => element.tagName + '.' + String(element.className));
  })()`);
}
