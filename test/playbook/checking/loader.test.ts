import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { proveBuiltIn } from '../../../scripts/build';
import {
  BUILT_IN_DIR,
  loadPlaybooks,
  type PlaybookLibrary,
  REASONS_ID,
} from '../../../src/playbook/checking/loader';
import { checkFolder } from '../../../src/playbook/checking/report';
import { PlaybookError } from '../../../src/playbook/errors';
import { changed, faultsOf, faultsOfFolders, loadTeams, read, TINY, withFolder } from '../tiny';

const hash = (text: string) => loadTeams({ 'tiny.yml': text }).latest('tiny')?.hash;

describe('the library', () => {
  it('lists a team’s own playbooks after the built-in ones', () => {
    const titles = loadTeams({ 'tiny.yml': TINY })
      .list()
      .map((playbook) => playbook.title);
    expect(titles).toEqual(['Checking for a heartbeat', 'One last question', 'Tiny']);
  });

  it('lets a team replace a built-in playbook and the reasons', () => {
    const library = loadTeams({
      'ours.yml': changed(TINY, 'id: tiny\n', 'id: heartbeat\n'),
      'taxonomy.yml': 'reasons:\n  - { id: colour, label: Colour }\n',
    });
    expect(library.latest('heartbeat')?.title).toBe('Tiny');
    expect(library.list()[0]?.id).toBe('heartbeat');
    expect(library.reasons).toEqual([{ id: 'colour', label: 'Colour' }]);
  });

  it('has no playbook of an unknown id', () => {
    expect(loadTeams({}).latest('tiny')).toBeNull();
  });

  it('names a version by its content, whatever its layout', () => {
    expect(hash(TINY)).toMatch(/^[0-9a-f]{16}$/);
    const relaid = `# yaml-language-server: $schema=playbook.schema.json\n# Ours\n${changed(TINY, 'id: tiny\ntitle: Tiny\n', "title: 'Tiny'\nid:   tiny\n")}`;
    expect(hash(relaid)).toBe(hash(TINY));
    expect(hash(changed(TINY, 'It is kind.', 'It is very kind.'))).not.toBe(hash(TINY));
  });

  it('refuses two playbooks with one id in one folder', () => {
    expect(read(faultsOf({ 'a.yml': TINY, 'b.yaml': TINY }))).toEqual([
      'b.yaml:1: another file in this folder has the playbook “tiny” too: give this one its own id',
    ]);
  });

  it('refuses a file in another encoding instead of showing broken letters', () => {
    for (const encoding of ['latin1', 'utf16le'] as const) {
      withFolder({}, (folder) => {
        const text = `\ufeff${changed(TINY, 'title: Tiny', 'title: Café')}`.slice(
          encoding === 'latin1' ? 1 : 0,
        );
        writeFileSync(join(folder, 'tiny.yml'), Buffer.from(text, encoding));
        expect(read(faultsOfFolders({ builtInDir: BUILT_IN_DIR, extraDir: folder }))).toEqual([
          'tiny.yml: this file is not in UTF-8, so letters would be broken: save it again as UTF-8',
        ]);
      });
    }
  });

  it('takes a file that begins with a byte order mark, as Windows writes it', () => {
    expect(hash(`\ufeff${TINY}`)).toBe(hash(TINY));
  });

  it('reads a file whose name ends in capitals', () => {
    expect(loadTeams({ 'TINY.YML': TINY }).latest('tiny')?.title).toBe('Tiny');
    expect(
      loadTeams({ 'Taxonomy.YAML': 'reasons:\n  - { id: colour, label: Colour }\n' }).reasons,
    ).toHaveLength(1);
  });

  it('reads only YAML files', () => {
    expect(faultsOf({ 'notes.txt': 'not: a: playbook', 'tiny.yml.bak': '?' })).toEqual([]);
  });

  it('takes a built-in file from the build while its text is the same, and reads and checks it once it has changed', () => {
    const proven = proveBuiltIn();
    const library = loadPlaybooks({ builtInDir: BUILT_IN_DIR });
    const fromBuild = loadPlaybooks({ builtInDir: BUILT_IN_DIR, proven });
    expect(fromBuild.list()).toEqual(library.list());
    expect(fromBuild.reasons).toEqual(library.reasons);

    const heartbeat = readFileSync(join(BUILT_IN_DIR, 'heartbeat.yml'), 'utf8');
    withFolder({ 'heartbeat.yml': `${heartbeat}\nmore: true\n` }, (builtInDir) => {
      expect(read(faultsOfFolders({ builtInDir, proven }))).toContainEqual(expect.stringContaining('more'));
    });
  });

  it('tells what operators wrote or changed from what a release brought', () => {
    const proven = proveBuiltIn();
    const own = (library: PlaybookLibrary) =>
      ['heartbeat', 'one_last_question', 'tiny', REASONS_ID].filter((id) => library.isOwn(id));
    expect(own(loadPlaybooks({ builtInDir: BUILT_IN_DIR, proven }))).toEqual([]);
    expect(own(loadTeams({ 'tiny.yml': TINY }))).toEqual(['tiny']);
    const taxonomy = 'reasons:\n  - { id: colour, label: Colour }\n';
    expect(
      own(
        loadTeams({ 'ours.yml': changed(TINY, 'id: tiny\n', 'id: heartbeat\n'), 'taxonomy.yml': taxonomy }),
      ),
    ).toEqual(['heartbeat', REASONS_ID]);
    const builtIn = Object.fromEntries(
      ['heartbeat.yml', 'one-last-question.yml', 'taxonomy.yml'].map((name) => [
        name,
        readFileSync(join(BUILT_IN_DIR, name), 'utf8'),
      ]),
    );
    const edited = {
      ...builtIn,
      'heartbeat.yml': `${builtIn['heartbeat.yml']}`.replace('a decision like this', 'such a decision'),
    };
    withFolder(edited, (builtInDir) =>
      expect(own(loadPlaybooks({ builtInDir, proven }))).toEqual(['heartbeat']),
    );
  });

  it('refuses the 1,001st playbook, as a menu could not offer it', () => {
    const files = Array.from({ length: 999 }, (_, index) => [
      `own${index}.yml`,
      changed(TINY, 'id: tiny\n', `id: own${index}\n`),
    ]);
    const [fault, ...others] = read(faultsOf(Object.fromEntries(files)));
    expect(fault).toContain("there are 1001 playbooks, and Slack's menu takes 1000: remove some");
    expect(others).toEqual([]);
  });

  it('reports a folder that cannot be read', () => {
    const faults = faultsOfFolders({ builtInDir: BUILT_IN_DIR, extraDir: '/nowhere/at/all' });
    expect(read(faults)).toEqual(['all: this folder cannot be read: it does not exist']);
  });

  it('reports a file that cannot be read', () => {
    withFolder({}, (extraDir) => {
      mkdirSync(join(extraDir, 'tiny.yml'));
      const faults = faultsOfFolders({ builtInDir: BUILT_IN_DIR, extraDir });
      expect(read(faults)).toEqual(['tiny.yml: this file cannot be read: it is a folder']);
    });
  });

  it('reports a built-in folder without the reasons or the default playbook', () => {
    withFolder({ 'tiny.yml': TINY }, (builtInDir) => {
      expect(faultsOfFolders({ builtInDir }).map((fault) => fault.reason)).toEqual([
        'there is no taxonomy.yml: add one with the reasons for losing a deal',
        'the default playbook “heartbeat” is missing: add it',
      ]);
    });
  });

  it('throws one error that lists every fault', () => {
    withFolder({ 'tiny.yml': changed(TINY, 'id: tiny\n', 'id: Tiny\n') }, (extraDir) => {
      const load = () => loadPlaybooks({ builtInDir: BUILT_IN_DIR, extraDir });
      expect(load).toThrow(PlaybookError);
      expect(load).toThrow(
        `The playbooks have 1 fault:\n  ${extraDir}/tiny.yml:1:1: “id” is “Tiny”: use small letters, digits and _ (at most 40)`,
      );
    });
  });
});

describe('the report on a folder', () => {
  it('warns of screens that are long for a call, and is still sound', () => {
    const long = changed(TINY, 'title: Their reason', 'title: The reason why they did that');
    withFolder({ 'tiny.yml': long }, (folder) => {
      const { isSound, text } = checkFolder(folder);
      expect(text).toMatch(
        /easier to read during a call .*\n {2}.*tiny\.yml:19:5: this label has 28 characters/,
      );
      expect(isSound).toBe(true);
    });
  });

  it('lists the playbooks without faults and is sound', () => {
    const { isSound, text } = checkFolder();
    expect(text).toMatch(
      /^The playbooks have no faults:\n {2}heartbeat [0-9a-f]{16} {2}“Checking for a heartbeat”, 18 screens, 10 prospects\n/,
    );
    expect(text).toMatch(/\nEvery path ends, .*\.\n$/);
    expect(isSound).toBe(true);
  });

  it('says which first line makes an editor explain a file, where it is not there', () => {
    const named = `# yaml-language-server: $schema=x\n${changed(TINY, 'id: tiny\n', 'id: other\n')}`;
    withFolder({ 'tiny.yml': TINY, 'other.yml': named }, (folder) => {
      const schema = relative(folder, join(BUILT_IN_DIR, 'playbook.schema.json'));
      const { text } = checkFolder(folder);
      expect(text).toContain(`  tiny.yml:  # yaml-language-server: $schema=${schema}\n`);
      expect(text).not.toContain('other.yml:');
    });
  });

  it('lists the faults', () => {
    withFolder({ 'tiny.yml': changed(TINY, 'start: thanks', 'start: hello') }, (dir) => {
      const { isSound, text } = checkFolder(dir);
      expect(text).toBe(
        `The playbooks have 1 fault:\n  ${dir}/tiny.yml:4:1: there is no step “hello”: correct the name or add the step\n`,
      );
      expect(isSound).toBe(false);
    });
  });
});
