import { manifestWithout } from './support/manifest';
import { codeOf, makeRig, type Rig, triggerFor } from './support/rig';

const text = (words: string) => ({ type: 'plain_text' as const, text: words });
const video = (host = 'example.com') => ({
  type: 'video' as const,
  video_url: `https://${host}/v`,
  thumbnail_url: 'https://example.com/t.png',
  alt_text: 'A video',
  title: text('Video'),
});
const fileInput = {
  type: 'input' as const,
  label: text('Papers'),
  element: { type: 'file_input' as const, action_id: 'papers' },
};
const view = (...blocks: (typeof fileInput | ReturnType<typeof video>)[]) => ({
  type: 'modal' as const,
  title: text('Form'),
  submit: text('Send'),
  blocks,
});
const channel = 'C000LOSTDL';

let rig: Rig;
const start = async (without: string) => {
  rig = await makeRig({ manifest: manifestWithout(without) });
};
afterEach(() => rig.stop());

describe('a video', () => {
  it('needs the scope links.embed:write', async () => {
    await start(', links.embed:write');
    const post = rig.web.chat.postMessage({ channel, text: 'x', blocks: [video()] });
    await expect(post).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'links.embed:write' },
    });
  });

  it('comes from a domain that the app claims, or one beneath it', async () => {
    await start('nothing');
    const post = (host: string) => rig.web.chat.postMessage({ channel, text: 'x', blocks: [video(host)] });
    await post('example.com');
    await post('clips.example.com');
    const fault =
      'Video validation failed: Domain is not a valid unfurl domain claimed by your app [json-pointer:/blocks/0]';
    await expect(post('notexample.com')).rejects.toMatchObject({
      data: { error: 'invalid_blocks', errors: [fault] },
    });
    const publish = rig.web.views.publish({
      user_id: 'U0000ROBIN',
      view: { type: 'home', blocks: [video('other.org')] },
    });
    expect(await codeOf(publish)).toBe('invalid_arguments');
  });

  it('is refused in an answer at a response URL too', async () => {
    await start('nothing');
    await rig.client.as('robin').slash('/probe', { in: '#lost-deals' });
    const sent = (await rig.client.traffic()).findLast((entry) => entry.kind === 'delivery');
    const { response_url: url } = (sent?.kind === 'delivery' ? sent.payload : {}) as { response_url: string };
    const body = JSON.stringify({ text: 'x', blocks: [video('other.org')] });
    expect(await (await fetch(url, { method: 'POST', body })).json()).toEqual({
      ok: false,
      error: 'invalid_blocks',
    });
  });
});

describe('a file input', () => {
  it('needs the scope files:read, and what lacks it costs no trigger', async () => {
    await start(' files:read,');
    const trigger_id = await triggerFor(rig);
    await expect(rig.web.views.open({ trigger_id, view: view(fileInput) })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'files:read' },
    });
    await rig.web.views.open({ trigger_id, view: view() });
  });
});
