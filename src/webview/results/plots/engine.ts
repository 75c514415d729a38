import { BoxplotChart, CustomChart, LineChart, ParallelChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  BrushComponent,
  GridComponent,
  LegendComponent,
  ParallelComponent,
  ToolboxComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
} from 'echarts/components';
import { type EChartsType, graphic, init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import { type Caption, captionedSvg } from './caption.ts';
import { captionedPng } from './captionCanvas.ts';
import type { Part, Place } from './figure.ts';
import { translucent } from './palette.ts';

use([
  BoxplotChart,
  CustomChart,
  LineChart,
  ParallelChart,
  ScatterChart,
  AriaComponent,
  BrushComponent,
  GridComponent,
  LegendComponent,
  ParallelComponent,
  ToolboxComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
  CanvasRenderer,
  SVGRenderer,
]);

/** A chart of ECharts in an element. */
export function createEngine(element: HTMLElement): EChartsType {
  // It takes its size once it is on the page.
  return init(element, undefined, { renderer: 'canvas', width: 1, height: 1 });
}

/** A region that is marked, as zrender has it. */
interface Region {
  readonly name: string;
  readonly shape: { readonly x: number; readonly width: number };
  readonly style: { readonly fill?: unknown };
  setStyle(style: object): void;
  setShape(shape: object): void;
}

/** The least length of a marked region on an axis, in pixels: a single word has none of its own. */
const leastLength = 14;

/**
 * Gives the regions that are marked on the axes of parallel coordinates their colours again: ECharts 6.1 forgets them, and
 * covers the lines, when it draws a figure anew.
 */
export function styleRegions(engine: EChartsType, colour: string): void {
  const fill = translucent(colour, 0.3);
  const shapes = engine.getZr().storage.getDisplayList(true) as unknown as readonly Region[];
  for (const region of shapes) {
    // What has its colour stays as it is, since each change draws everything again.
    if (region.name !== 'main' || region.style.fill === fill) continue;
    region.setStyle({ fill, stroke: colour, lineWidth: 1, opacity: 1 });
    const { x, width } = region.shape;
    if (width < leastLength) region.setShape({ x: x - (leastLength - width) / 2, width: leastLength });
  }
}

/** Makes one of many marks stand out which are a picture: rings a place, or draws a line through several; none for no places. */
export function createSpotlight(engine: EChartsType): (places: readonly Place[], colour: string) => void {
  const shown = new graphic.Group({ silent: true });
  engine.getZr().add(shown);
  return (places, colour) => {
    const [first] = places;
    if (first === undefined && shown.childCount() === 0) return;
    shown.removeAll();
    if (places.length > 1) shown.add(lineThrough(places, colour) as Displayable);
    else if (first !== undefined) shown.add(ringAround(first, colour) as Displayable);
  };
}

/** What a group takes; zrender's own types do not say that its shapes are such. */
type Displayable = Parameters<graphic.Group['add']>[0];

const above = { z: 30, silent: true } as const;

function ringAround([cx, cy]: Place, stroke: string) {
  return new graphic.Circle({
    ...above,
    shape: { cx, cy, r: 5 },
    style: { stroke, lineWidth: 1.5, fill: 'none' },
  });
}

function lineThrough(places: readonly Place[], stroke: string) {
  return new graphic.Polyline({
    ...above,
    shape: { points: places.map(([x, y]) => [x, y]) },
    style: { stroke, lineWidth: 2, fill: 'none' },
  });
}

/** Shows pictures in a chart anew, which have been painted further. */
export function refreshPictures(engine: EChartsType): void {
  const shapes = engine.getZr().storage.getDisplayList() as unknown as readonly {
    readonly type: string;
    dirty(): void;
  }[];
  for (const shape of shapes) if (shape.type === 'image') shape.dirty();
}

/** The formats in which a plot can be kept. */
export type PictureFormat = 'png' | 'svg';

/** So many pixels of a picture are one of the page. */
export const pictureRatio = 2;

/** A picture of a chart, drawn anew and whole, with its caption: of PNG a data URL, of SVG its source. */
export function pictureOf(
  option: Part & { readonly series: readonly Part[] },
  format: PictureFormat,
  size: { readonly width: number; readonly height: number },
  caption: Caption,
): string {
  const isVector = format === 'svg';
  const holder = isVector ? null : document.createElement('div');
  const chart = init(holder, undefined, isVector ? { ...size, renderer: 'svg', ssr: true } : size);
  try {
    const series = option.series.map((one) => ({ ...one, animation: false, progressive: 0 }));
    const { background: backgroundColor } = caption;
    chart.setOption({ ...option, series, animation: false, backgroundColor });
    return isVector
      ? captionedSvg(chart.renderToSVGString(), caption, size)
      : captionedPng(
          chart.renderToCanvas({ pixelRatio: pictureRatio, backgroundColor }),
          caption,
          pictureRatio,
        );
  } finally {
    chart.dispose();
  }
}
