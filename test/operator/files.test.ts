import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { resolveEnvironment } from '../../src/operator/environment.ts';
import { fileAccess, fileToWrite, lookupFile } from '../../src/operator/files.ts';

function folders() {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'rosterd-files-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const name of ['specs', 'data', 'other']) {
    mkdirSync(path.join(root, name));
    writeFileSync(path.join(root, name, 'people.csv'), 'id\n');
  }
  symlinkSync(path.join(root, 'other/people.csv'), path.join(root, 'data/link.csv'));
  return root;
}

const allowed = { files: { folders: [{ env: 'DATA' }] } };

describe('files that connectors read', () => {
  test('lie in the specs folder or where the operator says', () => {
    const root = folders();
    const open = fileAccess(allowed, { DATA: path.join(root, 'data') }, path.join(root, 'specs'));

    expect(open('people.csv')).toBe(path.join(root, 'specs/people.csv'));
    expect(open(path.join(root, 'data/people.csv'))).toBe(path.join(root, 'data/people.csv'));
    expect(open({ env: 'DATA', path: 'people.csv' })).toBe(path.join(root, 'data/people.csv'));
    expect(() => open({ env: 'HOME', path: 'people.csv' })).toThrow('add { env: HOME } under files.folders');
    expect(() => open('../other/people.csv')).toThrow('add its folder under files.folders');
    expect(() => open(path.join(root, 'data/link.csv'))).toThrow('add its folder under files.folders');
    expect(() => open('none.csv')).toThrow('none.csv is not there');
  });

  test('of a Lookup are found by the variable that the operator lists', () => {
    const root = folders();
    const find = lookupFile(allowed, { DATA: path.join(root, 'data') });

    expect(find({ env: 'DATA', path: 'people.csv' })).toBe(path.join(root, 'data/people.csv'));
    expect(() => find({ env: 'HOME', path: 'people.csv' })).toThrow('add { env: HOME } under files.folders');
    expect(() => find({ env: 'DATA', path: '../other/people.csv' })).toThrow(
      'lies outside the folder that DATA names',
    );
    expect(() => find({ env: 'DATA', path: 'link.csv' })).toThrow('lies outside the folder that DATA names');
    expect(() => lookupFile(allowed, {})({ env: 'DATA', path: 'a' })).toThrow('DATA is not set');
  });
});

describe('files that connectors write', () => {
  const mayWrite = { files: { write: [{ env: 'DATA' }] } };

  test('lie where the operator says so, and may be yet to be made', () => {
    const root = folders();
    const env = { DATA: path.join(root, 'data') };
    const open = fileToWrite(mayWrite, env, path.join(root, 'specs'));

    expect(open({ env: 'DATA', path: 'people.csv' })).toBe(path.join(root, 'data/people.csv'));
    expect(open('../data/new.csv')).toBe(path.join(root, 'data/new.csv'));
    expect(() => open({ env: 'DATA', path: 'none/new.csv' })).toThrow(
      'the folder of DATA/none/new.csv is not there',
    );
    expect(() => open({ env: 'HOME', path: 'people.csv' })).toThrow('HOME is not set');
  });

  test('are no others: not the specs, not what may only be read, not what a link leads to', () => {
    const root = folders();
    const env = { DATA: path.join(root, 'data'), OTHER: path.join(root, 'other') };
    const open = fileToWrite(mayWrite, env, path.join(root, 'specs'));
    symlinkSync(path.join(root, 'other/new.csv'), path.join(root, 'data/dangling.csv'));
    const refused = 'be written; add its folder under files.write';

    expect(() => open('people.csv')).toThrow(`does not let people.csv ${refused}`);
    expect(() => open({ env: 'OTHER', path: 'people.csv' })).toThrow(
      `does not let OTHER/people.csv ${refused}`,
    );
    expect(() => open({ env: 'DATA', path: 'link.csv' })).toThrow(refused);
    expect(() => open({ env: 'DATA', path: '../other/people.csv' })).toThrow(refused);
    expect(() => open({ env: 'DATA', path: 'dangling.csv' })).toThrow('dangling.csv is not there');
  });
});

describe('variables in the config of a connection', () => {
  const config = { environment: ['FOLDER', 'UNSET'] };
  const env = { FOLDER: '/srv/data', PATH: '/bin' };

  test('are replaced wherever they stand', () => {
    const json = {
      folder: { env: 'FOLDER' },
      list: [{ env: 'FOLDER' }],
      env: 'FOLDER',
      n: 1,
      other: { env: 1 },
    };

    expect(resolveEnvironment(json, config, env)).toEqual({
      config: { folder: '/srv/data', list: ['/srv/data'], env: 'FOLDER', n: 1, other: { env: 1 } },
    });
  });

  test('are faults where they are not listed or not set, all at once', () => {
    const json = { a: { env: 'PATH' }, b: [{ env: 'UNSET' }], c: { env: 'FOLDR' } };

    expect(resolveEnvironment(json, config, env)).toEqual({
      faults: [
        {
          path: ['a'],
          code: 'spec/environment',
          message:
            "the operator's configuration does not let specs refer to env:PATH; add it under environment",
          suggestion: 'one of FOLDER, UNSET',
        },
        { path: ['b', 0], code: 'spec/environment', message: 'the environment variable UNSET is not set' },
        {
          path: ['c'],
          code: 'spec/environment',
          message:
            "the operator's configuration does not let specs refer to env:FOLDR; add it under environment",
          suggestion: 'did you mean "FOLDER"?',
        },
      ],
    });
  });
});
