import type { Cloud } from './cloud.ts';
import type { FigureInput } from './figure.ts';
import { mixed } from './palette.ts';
import type { Look, PointPicture } from './raster/pointPicture.ts';
import { rgbOf, shadesOf } from './shades.ts';

/** A cloud as a picture: the selected points over the others, which are faded then. */
export function picturedCloud(
  cloud: Cloud,
  placed: Uint32Array,
  most: number,
  input: FigureInput,
): PointPicture {
  const { palette, selection } = input;
  const { colours, shadeOf, names } = shadesOf(cloud.colour, { ...input, rows: placed });
  const isSelecting = selection.rows().length > 0;
  // The more there are, the smaller they are, so that it is seen where there are many.
  const diameter = Math.max(2, (cloud.pixels / 2) * Math.min(1, Math.sqrt((4 * most) / placed.length)));
  const looks = (strength: 'plain' | 'faded' | 'selected'): Look[] =>
    colours.map((colour, shade) => ({
      colour: rgbOf(strength === 'faded' ? mixed(colour, palette.background, 0.4) : colour),
      opacity: strength === 'selected' ? 1 : 0.6,
      isSolid: strength === 'selected',
      diameter: strength === 'selected' ? Math.max(3, diameter) : diameter,
      ...(names[shade] === undefined ? {} : { name: names[shade] }),
    }));
  const allLooks = isSelecting ? [...looks('faded'), ...looks('selected')] : looks('plain');
  const own = new Uint16Array(placed.length);
  for (const [place, row] of placed.entries()) {
    own[place] = shadeOf(row) + (isSelecting && selection.has(row) ? colours.length : 0);
  }
  const order = paintingOrder(own, allLooks.length, colours.length, cloud.colour?.kind === 'categories');
  const rows = new Uint32Array(placed.length);
  const ordered = new Uint16Array(placed.length);
  for (const [at, place] of order.entries()) {
    rows[at] = placed[place] as number;
    ordered[at] = own[place] as number;
  }
  const { id, grid, x, y } = cloud;
  return { id, grid, x, y, rows, looks: ordered, allLooks };
}

/** The order in which points are painted: the selected ones last; of words the rare ones last, so that they are seen. */
function paintingOrder(looks: Uint16Array, count: number, ofEach: number, isWords: boolean): Uint32Array {
  const sizes = new Uint32Array(count);
  for (const look of looks) (sizes[look] as number)++;
  const layers = Array.from({ length: count }, (_, look) => look);
  const layerOf = (look: number) => Math.floor(look / ofEach);
  // What is in one layer keeps its order: numbers lie over each other as their runs come.
  const ranks = new Uint32Array(count);
  let rank = 0;
  if (isWords) {
    layers.sort((a, b) => layerOf(a) - layerOf(b) || (sizes[b] as number) - (sizes[a] as number));
    for (const look of layers) ranks[look] = rank++;
  } else {
    for (const look of layers) ranks[look] = layerOf(look);
    rank = Math.ceil(count / ofEach);
  }
  const starts = new Uint32Array(rank + 1);
  for (const look of looks) (starts[(ranks[look] as number) + 1] as number)++;
  for (let place = 0; place < rank; place++) (starts[place + 1] as number) += starts[place] as number;
  const order = new Uint32Array(looks.length);
  for (const [place, look] of looks.entries()) {
    const of = ranks[look] as number;
    order[starts[of] as number] = place;
    (starts[of] as number)++;
  }
  return order;
}
