import { describe, expect, test } from 'vitest';
import { parseSweepFile } from '../../../../src/core/sweepFile/parseSweepFile.ts';
import { launchArgumentAt } from '../../../../src/core/sweepThis/launchArgument.ts';
import { numberAt, type SettingsLanguage } from '../../../../src/core/sweepThis/numberAt.ts';
import { sweepOfFile, sweepOfLaunch } from '../../../../src/core/sweepThis/sweepFileText.ts';
import { parameterNameFrom, valuesAround } from '../../../../src/core/sweepThis/values.ts';

function at(marked: string, language: SettingsLanguage) {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const found = numberAt(text, offset, language);
  return (
    found && { value: found.value, path: found.path, text: text.slice(found.range.start, found.range.end) }
  );
}

describe('a number is found with its path', () => {
  test('in YAML', () => {
    expect(at('model:\n  lr: 0.|01\n', 'yaml')).toEqual({ value: 0.01, path: ['model', 'lr'], text: '0.01' });
    expect(at('sizes: [1, 3|2]\n', 'yaml')).toEqual({ value: 32, path: ['sizes', 1], text: '32' });
    expect(at('name: "3|2"\n', 'yaml')).toBeUndefined();
  });

  test('in JSON, comments and all', () => {
    expect(at('{ // settings\n "model": {"lr": |1e-3,} }', 'json')).toEqual({
      value: 0.001,
      path: ['model', 'lr'],
      text: '1e-3',
    });
    expect(at('{"a": "|1"}', 'json')).toBeUndefined();
  });

  test('in TOML', () => {
    expect(at('[model]\nlr = 0.|01 # rate\n', 'toml')).toEqual({
      value: 0.01,
      path: ['model', 'lr'],
      text: '0.01',
    });
    expect(at('sizes = [16, |32]\n', 'toml')).toMatchObject({ value: 32, path: ['sizes', 1] });
    expect(at('a = "|1"\n', 'toml')).toBeUndefined();
    expect(at('a = |= 1\n', 'toml')).toBeUndefined();
  });
});

test('values stand around a number, whole ones around a whole one', () => {
  expect(valuesAround(0.1)).toEqual([0.05, 0.1, 0.2]);
  expect(valuesAround(32)).toEqual([16, 32, 64]);
  expect(valuesAround(1)).toEqual([1, 2]);
  expect(valuesAround(-3)).toEqual([-6, -3, -1]);
  expect(valuesAround(0)).toEqual([0, 1, 2]);
});

test('a parameter is named by what leads to it', () => {
  expect(parameterNameFrom(['model', 'learning-rate'])).toBe('learning_rate');
  expect(parameterNameFrom(['sizes', 1])).toBe('sizes');
  expect(parameterNameFrom(['--lr='])).toBe('lr');
  expect(parameterNameFrom(['2nd', ''])).toBe('nd');
  expect(parameterNameFrom(['12'])).toBe('value');
});

test('a file becomes a template with a sweep file around it', () => {
  const text = '{"lr": 0.1, "home": "${HOME}"}';
  const found = numberAt(text, 8, 'json');
  const sweep = found && sweepOfFile(text, found, { name: 'config.json', templateName: 'config.json.tmpl' });
  expect(sweep?.template).toBe('{"lr": ${lr}, "home": "${{HOME}"}');
  const { diagnostics, file } = parseSweepFile(sweep?.sweepFile ?? '', { path: '/config.sweep.yaml' });
  expect(diagnostics).toEqual([]);
  expect(file?.cmd).toEqual(['your-program', 'config.json']);
});

describe('a launch configuration', () => {
  const launch = (args: string, more = '"type": "debugpy", "program": "${workspaceFolder}/train.py"') => {
    const marked = `{"version": "0.2.0", // mine\n"configurations": [{"name": "Train", ${more}, "args": ${args}}]}`;
    const offset = marked.indexOf('|');
    return launchArgumentAt(marked.slice(0, offset) + marked.slice(offset + 1), offset, '/project');
  };

  test('becomes a command, with a parameter in the place of an argument', () => {
    expect(launch('["--lr", "0.|1", "--home=${env:HOME}"]')).toEqual({
      configuration: 'Train',
      parameter: 'lr',
      value: 0.1,
      cmd: ['python3', '/project/train.py', '--lr', '${lr}', '--home=${{env:HOME}'],
      env: {},
    });
    expect(launch('["--batch-size=|32"]')).toMatchObject({
      parameter: 'batch_size',
      cmd: ['python3', '/project/train.py', '--batch-size=${batch_size}'],
    });
  });

  test('is started as its debugger would', () => {
    expect(launch('["|1"]', '"type": "node", "program": "a.js", "env": {"SEED": 3}')).toMatchObject({
      cmd: ['node', '/project/a.js', '${value}'],
      env: { SEED: '3' },
    });
    expect(launch('["|1"]', '"type": "cppdbg", "program": "build/sim"')).toMatchObject({
      cmd: ['/project/build/sim', '${value}'],
    });
    expect(launch('["|1"]', '"type": "debugpy", "module": "train"')).toMatchObject({
      cmd: ['python3', '-m', 'train', '${value}'],
    });
  });

  test('says what it lacks', () => {
    expect(launch('["--ver|bose"]')).toBe('no-number');
    expect(launch('["model|2"]')).toBe('no-number');
    expect(launch('["|1"]', '"type": "debugpy"')).toBe('no-program');
    expect(launch('["|1"]', '"type": "debugpy", "program": "${file}"')).toBe('no-program');
    expect(launch('[]', '"type": "node", "program": "|a.js"')).toBeUndefined();
  });

  test('gives a sound sweep file', () => {
    const found = launch('["--lr", "0.|1"]');
    if (typeof found !== 'object') throw new Error(found);
    const text = sweepOfLaunch(found);
    const { diagnostics, file } = parseSweepFile(text, { path: '/train.sweep.yaml' });
    expect(diagnostics).toEqual([]);
    expect(file?.cmd).toEqual(['python3', '/project/train.py', '--lr', '${lr}']);
  });
});
