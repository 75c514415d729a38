import { expect, test } from 'vitest';
import { withoutEditor } from '../../../../src/extension/sweeps/environment.ts';

test("a run does not see the editor's own variables", () => {
  const env = { PATH: '/bin', VSCODE_PID: '1', ELECTRON_RUN_AS_NODE: '1', MY_VSCODE_THING: 'x' };
  expect(withoutEditor(env)).toEqual({ PATH: '/bin', MY_VSCODE_THING: 'x' });
});
