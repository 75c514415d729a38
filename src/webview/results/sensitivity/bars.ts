import { type Bar, isUncertain, type SensitivityTable, ticksOf } from './rows.ts';

const rowHeight = 24;

/** The bars of a row with their intervals, as wide as the column; what they say stands beside them as text. */
export function drawBars(bars: readonly Bar[], axis: SensitivityTable['axis']): SVGElement {
  const height = rowHeight;
  const thickness = bars.length === 1 ? 12 : 8;
  const gap = 2;
  const top = (height - bars.length * thickness - (bars.length - 1) * gap) / 2;
  const at = placeOn(axis);
  return s('svg', { class: 'bars', height, 'aria-hidden': 'true' }, [
    ...ticksOf(axis).map((tick) => {
      const x = percent(at(tick));
      return s('line', { class: tick === 0 ? 'zero' : 'tick', x1: x, x2: x, y1: 0, y2: height });
    }),
    ...bars.flatMap((bar, place) => {
      const y = top + place * (thickness + gap);
      const [from, to] = [at(Math.min(0, bar.value)), at(Math.max(0, bar.value))];
      const kind = `series-${place}${isUncertain(bar) ? ' uncertain' : ''}`;
      return [
        s('rect', { class: kind, x: percent(from), width: percent(to - from), y, height: thickness }),
        ...whisker(bar, y + thickness / 2, at),
      ];
    }),
  ]);
}

/** The numbers along the bars. */
export function drawAxis(axis: SensitivityTable['axis']): SVGElement {
  const at = placeOn(axis);
  return s(
    'svg',
    { class: 'bars', height: 16, 'aria-hidden': 'true' },
    ticksOf(axis).map((tick) =>
      s('text', { x: percent(at(tick)), y: 12, 'text-anchor': 'middle' }, [
        document.createTextNode(String(tick).replace('-', '−')),
      ]),
    ),
  );
}

function whisker({ low, high }: Bar, y: number, at: (value: number) => number): SVGElement[] {
  if (low === undefined || high === undefined) return [];
  const [x1, x2] = [percent(at(low)), percent(at(high))];
  return [
    s('line', { class: 'whisker', x1, x2, y1: y, y2: y }),
    s('line', { class: 'whisker', x1, x2: x1, y1: y - 3, y2: y + 3 }),
    s('line', { class: 'whisker', x1: x2, x2, y1: y - 3, y2: y + 3 }),
  ];
}

/** Where a value lies along the axis, from 0 to 1. */
function placeOn({ min, max }: SensitivityTable['axis']): (value: number) => number {
  return (value) => Math.min(1, Math.max(0, (value - min) / (max - min)));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(3)}%`;
}

function s(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly Node[] = [],
): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}
