import { describe, expect, test } from 'vitest';
import { cutSequence, paint } from '../../../src/webview/shared/ansi.ts';

const esc = '\u001b';

/** Lines as "text{classes}" pieces. */
function painted(text: string, style?: string): string[] {
  return paint(text, style).lines.map((line) =>
    line
      .map(({ text: piece, classes, color, background }) => {
        const looks = [classes, color, background].filter((look) => look).join(' ');
        return looks === '' ? piece : `${piece}{${looks}}`;
      })
      .join(''),
  );
}

describe('a log looks as in a terminal:', () => {
  test.each([
    ['the sixteen colours of the theme', `a${esc}[31mb${esc}[0mc`, 'ab{ansi-red}c'],
    ['bright ones and backgrounds', `${esc}[94;102mx`, 'x{ansi-bright-blue ansi-bright-green-background}'],
    ['bold and the like', `${esc}[1;3mx${esc}[22my`, 'x{bold italic}y{italic}'],
    [
      'the 256 colours',
      `${esc}[38;5;208mx${esc}[48;5;244my`,
      'x{rgb(255, 135, 0)}y{rgb(255, 135, 0) rgb(128, 128, 128)}',
    ],
    ['all colours', `${esc}[38;2;1;2;3mx`, 'x{rgb(1, 2, 3)}'],
    ['the last state of a progress bar', ` 10%\r 55%\r${esc}[32m100%${esc}[0m done`, '100%{ansi-green} done'],
    [
      'nothing of titles, links and cursors',
      `${esc}]0;title\u0007a${esc}[2Kb${esc}]8;;http://x${esc}\\c\u0007`,
      'abc',
    ],
    ['a colour that goes on behind a cursor', `${esc}[31ma${esc}[Kb`, 'ab{ansi-red}'],
    ['markup as the text that it is', '<img src=x>', '<img src=x>'],
  ])('%s', (_, text, expected) => {
    expect(painted(text)).toEqual([expected]);
  });

  test('colours go on over lines, and over pieces of the log', () => {
    const first = paint(`${esc}[1;31mone\ntwo`);
    expect(first.lines.map((line) => line.map(({ classes }) => classes))).toEqual([
      ['ansi-red bold'],
      ['ansi-red bold'],
    ]);
    expect(painted(`three${esc}[0m\nfour`, first.style)).toEqual(['three{ansi-red bold}', 'four']);
  });

  test('a sequence that is cut in the middle is known', () => {
    expect(cutSequence(`abc${esc}[3`)).toBe(3);
    expect(cutSequence(`abc${esc}`)).toBe(3);
    expect(cutSequence(`abc${esc}[31md`)).toBeUndefined();
  });
});
