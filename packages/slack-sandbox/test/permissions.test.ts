/** Blocks that need a scope. */
import { modalView, plainText } from './support/blockKit';
import { codeOf, type Harness, newestResponseUrl, newTriggerId, startHarness } from './support/harness';
import { manifestWithout } from './support/manifest';

const video = (host = 'example.com') => ({
  type: 'video' as const,
  video_url: `https://${host}/v`,
  thumbnail_url: 'https://example.com/t.png',
  alt_text: 'A video',
  title: plainText('Video'),
});
const fileInput = {
  type: 'input' as const,
  label: plainText('Papers'),
  element: { type: 'file_input' as const, action_id: 'papers' },
};
const channel = 'C0REQUESTS';

let harness: Harness;
const startWithout = async (scope: string) => {
  harness = await startHarness({ manifest: manifestWithout(scope) });
};
afterEach(() => harness.stop());

describe('a video', () => {
  it('needs the scope links.embed:write', async () => {
    await startWithout(', links.embed:write');
    const post = harness.web.chat.postMessage({ channel, text: 'x', blocks: [video()] });
    await expect(post).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'links.embed:write' },
    });
  });

  it('comes from a domain that the manifest claims, or from one of its subdomains', async () => {
    harness = await startHarness();
    const post = (host: string) =>
      harness.web.chat.postMessage({ channel, text: 'x', blocks: [video(host)] });
    await post('example.com');
    await post('clips.example.com');
    const fault =
      'Video validation failed: Domain is not a valid unfurl domain claimed by your app [json-pointer:/blocks/0]';
    await expect(post('notexample.com')).rejects.toMatchObject({
      data: { error: 'invalid_blocks', errors: [fault] },
    });
    const publish = harness.web.views.publish({
      user_id: 'U0000ROBIN',
      view: { type: 'home', blocks: [video('other.org')] },
    });
    expect(await codeOf(publish)).toBe('invalid_arguments');
  });

  it('from another domain is refused at a response URL too', async () => {
    harness = await startHarness();
    await harness.client.as('robin').slash('/probe', { in: '#requests' });
    const url = await newestResponseUrl(harness);
    const body = JSON.stringify({ text: 'x', blocks: [video('other.org')] });
    expect(await (await fetch(url, { method: 'POST', body })).json()).toEqual({
      ok: false,
      error: 'invalid_blocks',
    });
  });
});

describe('a file input', () => {
  it('needs the scope files:read, and a refusal leaves the trigger usable', async () => {
    await startWithout(' files:read,');
    const trigger_id = await newTriggerId(harness);
    await expect(
      harness.web.views.open({ trigger_id, view: modalView('Form', { blocks: [fileInput] }) }),
    ).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'files:read' },
    });
    await harness.web.views.open({ trigger_id, view: modalView('Form') });
  });
});
