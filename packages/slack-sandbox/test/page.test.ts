/** The page's conversations in Chromium: what people do in channels, threads and direct messages, and read there. */
import { describeHere, type Front, ROOM, ROOM_ID, startFront } from './support/frontOfPage';

describeHere('conversations on the page', () => {
  let front: Front;
  beforeAll(async () => {
    front = await startFront();
  });
  afterAll(() => front?.stop());

  it('two windows are two people: mentions, unread marks, a thread, an edit, a deletion', async () => {
    const robin = await front.open('robin');
    const maya = await front.open('maya');
    const sidebar = maya.page.getByRole('navigation', { name: 'Conversations' });

    await robin.goTo('sales');
    const composer = robin.page.getByRole('textbox', { name: 'Message #sales' });
    await composer.pressSequentially('Look, @may');
    await robin.page.getByRole('option', { name: /Maya Lindqvist @maya/ }).waitFor();
    await composer.press('Enter');
    await composer.pressSequentially('at this');
    await composer.press('Enter');
    await sidebar.getByRole('button', { name: 'sales 1 unread' }).click();
    const message = maya.message('#sales', /Look/);
    expect(await message.textContent()).toContain('Look, @Maya Lindqvist at this');
    await maya.log('#sales').getByText('New', { exact: true }).waitFor();
    await sidebar.getByRole('button', { name: 'sales', exact: true }).waitFor();

    await message.hover();
    await message.getByRole('button', { name: 'Reply in thread' }).click();
    const reply = maya.page.getByRole('textbox', { name: 'Reply in thread' });
    await reply.fill('/probe');
    await reply.press('Enter');
    await maya.page.getByRole('alert').getByText('/probe does not work in threads').waitFor();
    await reply.fill('I am');
    await reply.press('Enter');
    const mine = robin.message('#sales', /Look/);
    await mine.getByRole('button', { name: /1 reply/ }).click();
    await robin.message('Thread in #sales', /I am/).waitFor();

    await mine.getByRole('button', { name: 'More actions' }).click();
    await robin.page.getByRole('menuitem', { name: 'Edit message' }).click();
    const edit = robin.page.getByRole('textbox', { name: 'Edit message' });
    expect(await edit.inputValue()).toBe('Look, @maya at this');
    await edit.fill('Look, @maya');
    await edit.press('Enter');
    await message.getByText('(edited)').waitFor();

    await composer.fill('A mistake');
    await composer.press('Enter');
    await robin
      .message('#sales', /A mistake/)
      .getByRole('button', { name: 'More actions' })
      .click();
    await robin.page.getByRole('menuitem', { name: 'Delete message' }).click();
    await robin.page
      .getByRole('dialog', { name: 'Delete message' })
      .getByRole('button', { name: 'Delete' })
      .click();
    await maya.message('#sales', /A mistake/).waitFor({ state: 'detached' });
    expect([...robin.faults, ...maya.faults]).toEqual([]);
  });

  it('a command completes, and its answer is seen by one person alone; shortcuts open from both menus', async () => {
    const robin = await front.open('robin');
    await robin.goTo(ROOM);
    const { page } = robin;
    const composer = page.getByRole('textbox', { name: `Message #${ROOM}` });
    await composer.pressSequentially('/pr');
    await page.getByRole('option', { name: /\/probe/ }).waitFor();
    await composer.press('Tab');
    expect(await composer.inputValue()).toBe('/probe ');
    await composer.press('Enter');
    const answer = robin.message(`#${ROOM}`, /Only you read this, robin/);
    await answer.getByText('Only visible to you').waitFor();
    const seenByMaya = await front.rig.client.as('maya').channel(`#${ROOM}`).messages();
    expect(seenByMaya.map((message) => message.text()).join()).not.toContain('Only you read this');

    await page.getByRole('button', { name: 'Shortcuts' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Start' }).press('Enter');
    await robin.modal('Started').getByRole('button', { name: 'Done' }).click();
    await robin.modal('Started').waitFor({ state: 'detached' });
    await composer.fill('Worth keeping');
    await composer.press('Enter');
    await robin
      .message(`#${ROOM}`, /Worth keeping/)
      .getByRole('button', { name: 'More actions' })
      .click();
    await page.keyboard.press('ArrowDown');
    expect(await page.locator(':focus').textContent()).toContain('Keep');
    await page.keyboard.press('Enter');
    await front.told('keep Worth keeping');
    expect(robin.faults).toEqual([]);
  });

  it('direct messages, the app and its Home, by keyboard too', async () => {
    const sam = await front.open('sam');
    const dana = await front.open('dana');
    await sam.goTo('Dana Ito');
    const words = sam.page.getByRole('textbox', { name: 'Message Dana Ito' });
    await words.fill('Have a minute?');
    await words.press('Enter');
    await dana.goTo('Sam Okafor 1 unread');
    await dana.message('Sam Okafor', /Have a minute/).waitFor();

    await sam.goTo('Probe');
    await sam.page.getByRole('heading', { name: 'At home' }).waitFor();
    await sam.page.getByRole('button', { name: 'Press' }).click();
    await front.told('press');
    await sam.page.getByRole('button', { name: 'Drop' }).click();
    await sam.page.getByRole('dialog', { name: 'Drop it?' }).getByRole('button', { name: 'Keep' }).click();
    await sam.page.getByRole('button', { name: 'More options' }).click();
    await sam.page.getByRole('menuitem', { name: 'Second' }).click();
    expect(await front.told('over')).toContain('"value":"second"');
    expect(front.heard.filter((line) => line.startsWith('drop'))).toEqual([]);
    await sam.page.getByRole('tab', { name: 'Home' }).press('ArrowRight');
    await sam.page.getByRole('textbox', { name: 'Message Probe' }).waitFor();
    await sam.page.getByRole('tab', { name: 'Messages' }).and(sam.page.locator(':focus')).waitFor();
    expect([...sam.faults, ...dana.faults]).toEqual([]);
  });

  it('blocks as Slack shows them, attachments beside their bar, and what is in files', async () => {
    const robin = await front.open('robin');
    const { web, client } = front.rig;
    await client.as('robin').slash('/probe gallery', { in: `#${ROOM}` });
    await web.chat.postMessage({
      channel: ROOM_ID,
      text: 'In the old form',
      attachments: [
        {
          color: '#b3261e',
          pretext: 'Ahead of it',
          title: 'Acme',
          title_link: 'https://example.com',
          text: 'Lost to *Globex*',
          fields: [{ title: 'Amount', value: '$48,000', short: true }],
          footer: 'From the CRM',
        },
      ],
    });
    await web.files.uploadV2({
      channel_id: ROOM_ID,
      filename: 'deals.csv',
      content: 'account,amount\nAcme,48000\n',
      initial_comment: 'All of them',
    });
    await robin.goTo(ROOM);
    const gallery = robin.message(`#${ROOM}`, /Gallery/);
    await gallery.getByRole('heading', { name: 'A header with *stars* & 👋' }).waitFor();
    expect(await gallery.getByRole('strong').allTextContents()).toContain('section');
    expect(await gallery.textContent()).toContain('Plain: *no stars*, <@U0000ROBIN>, 10:30:45');
    expect(await gallery.getByRole('cell').allTextContents()).toEqual(expect.arrayContaining(['*Won*', '3']));
    expect(await gallery.getByRole('img', { name: 'A large tile' }).isVisible()).toBe(true);

    const old = robin.message(`#${ROOM}`, /In the old form/);
    expect(await old.getByRole('link', { name: 'Acme' }).getAttribute('href')).toBe('https://example.com');
    expect(await old.textContent()).toContain('Lost to GlobexAmount$48,000From the CRM');
    const file = robin.message(`#${ROOM}`, /All of them/).getByRole('list', { name: 'Files' });
    await file.getByText('Acme,48000').waitFor();
    expect(robin.faults).toEqual([]);
  });
});
