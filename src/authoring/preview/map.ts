/** Every path of a playbook as a drawing: screens and endings as boxes on layers, what leads from one to another as arrows. */
import type { Ending, PlaybookSource, Step, Verdict } from '../../playbook/schema';
import { exitsOf, wholeScript } from '../../playbook/walk';

export interface Box {
  /** The id of a step, or `verdict:` and the verdict. */
  readonly id: string;
  readonly title: string;
  readonly isEnding: boolean;
  /** The ways out, in words. */
  readonly ways: readonly { readonly label: string; readonly to: string }[];
  /** The label of the button that shows the screen once more; null: there is none. */
  readonly again: string | null;
  /** Middle of the box. */
  readonly x: number;
  readonly y: number;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Where it bends: the middle of the start, of each layer between, and of the end. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface PathMap {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

export const BOX = { width: 136, height: 46 } as const;
const GAP = { x: 16, y: 56 } as const;
/** Room for an arrow that passes a layer. */
const PASSING = 18;
const MARGIN = 12;

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly labels: string[];
}

/** A box, or the place where an arrow passes a layer. */
interface Place {
  readonly id: string;
  readonly width: number;
  x: number;
  readonly above: Place[];
  readonly below: Place[];
}

export const verdictId = (verdict: Verdict): string => `verdict:${verdict}`;

/** Expects a playbook without faults: no path is a loop, so each screen can stand below all that lead to it. */
export function mapOf(playbook: PlaybookSource): PathMap {
  const steps = wholeScript(playbook);
  const edges = edgesOf(steps);
  const layerOf = layersOf(playbook.start, steps, edges);
  const ids = [...layerOf.keys()];
  const layers: Place[][] = Array.from({ length: Math.max(...layerOf.values()) + 1 }, () => []);
  const places = new Map<string, Place>();
  const put = (layer: number, id: string, width: number): Place => {
    const place: Place = { id, width, x: 0, above: [], below: [] };
    layers[layer]?.push(place);
    return place;
  };
  for (const id of ids) places.set(id, put(layerOf.get(id) ?? 0, id, BOX.width));
  const routes = edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.from), places.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    const route = [from];
    for (let layer = (layerOf.get(edge.from) ?? 0) + 1; layer < (layerOf.get(edge.to) ?? 0); layer += 1) {
      route.push(put(layer, `${edge.from} ${edge.to} ${layer}`, PASSING));
    }
    route.push(to);
    route.slice(1).forEach((place, index) => {
      const before = route[index];
      if (before === undefined) return;
      before.below.push(place);
      place.above.push(before);
    });
    return [{ edge, route }];
  });
  arrange(layers);
  const yOf = new Map(
    layers.flatMap((layer, index) =>
      layer.map((place) => [place, MARGIN + BOX.height / 2 + index * (BOX.height + GAP.y)] as const),
    ),
  );
  const at = (place: Place) => ({ x: Math.round(place.x), y: yOf.get(place) ?? 0 });
  const all = layers.flat();
  return {
    width: Math.round(Math.max(...all.map(({ x, width }) => x + width / 2)) + MARGIN),
    height: MARGIN * 2 + layers.length * BOX.height + (layers.length - 1) * GAP.y,
    boxes: ids.flatMap((id) => {
      const place = places.get(id);
      return place === undefined ? [] : [{ ...wordsOf(id, steps, playbook.endings, edges), ...at(place) }];
    }),
    arrows: routes.map(({ edge, route }) => ({
      from: edge.from,
      to: edge.to,
      label: edge.labels.join(', '),
      points: route.map(at),
    })),
  };
}

const idOf = (target: Step['next']): string =>
  target === undefined ? '' : 'step' in target ? target.step : verdictId(target.verdict);

function edgesOf(steps: readonly Step[]): Edge[] {
  const edges: Edge[] = [];
  for (const step of steps) {
    for (const { target, choice } of exitsOf(step)) {
      const label =
        choice === null
          ? (step.next_label ?? 'Next')
          : (step.choices?.find(({ id }) => id === choice)?.label ?? choice);
      const known = edges.find(({ from, to }) => from === step.id && to === idOf(target));
      if (known === undefined) edges.push({ from: step.id, to: idOf(target), labels: [label] });
      else known.labels.push(label);
    }
  }
  return edges;
}

/** As many layers below the start as the longest path has screens. */
function layersOf(start: string, steps: readonly Step[], edges: readonly Edge[]): Map<string, number> {
  const layers = new Map([[start, 0]]);
  // No step stands in this order before one that leads to it.
  for (const { id } of steps) {
    const layer = layers.get(id) ?? 0;
    for (const { to } of edges.filter(({ from }) => from === id)) {
      layers.set(to, Math.max(layers.get(to) ?? 0, layer + 1));
    }
  }
  return layers;
}

const SWEEPS = 12;
const mean = (places: readonly Place[]): number | null =>
  places.length === 0 ? null : places.reduce((sum, { x }) => sum + x, 0) / places.length;

/** Orders each layer so that arrows cross seldom, and moves boxes towards what they are connected to. */
function arrange(layers: Place[][]): void {
  for (const layer of layers) spread(layer, () => null);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isDown = sweep % 2 === 0;
    for (const layer of isDown ? layers : [...layers].reverse()) {
      const wanted = new Map(
        layer.map((place) => [place, mean(isDown ? place.above : place.below) ?? place.x]),
      );
      layer.sort((one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0));
      spread(layer, (place) => wanted.get(place) ?? null);
    }
  }
  const left = Math.min(...layers.flat().map(({ x, width }) => x - width / 2));
  for (const place of layers.flat()) place.x += MARGIN - left;
}

/** Puts the places of a layer side by side in their order, each as near as it can be to where it wants to be. */
function spread(layer: readonly Place[], wanted: (place: Place) => number | null): void {
  let free = Number.NEGATIVE_INFINITY;
  for (const place of layer) {
    const half = place.width / 2;
    place.x = Math.max(wanted(place) ?? (Number.isFinite(free) ? free + half : half), free + half);
    free = place.x + half + GAP.x;
  }
  // What was pushed to the right all pulls back together, so that the layer stays where it wants to be.
  const pushed = mean(layer.map((place) => ({ ...place, x: place.x - (wanted(place) ?? place.x) }))) ?? 0;
  for (const place of layer) place.x -= pushed;
}

function wordsOf(
  id: string,
  steps: readonly Step[],
  endings: Readonly<Partial<Record<string, Ending>>>,
  edges: readonly Edge[],
): Omit<Box, 'x' | 'y'> {
  const step = steps.find((it) => it.id === id);
  const titleOf = (other: string): string =>
    steps.find((it) => it.id === other)?.title ?? endings[other.replace('verdict:', '')]?.title ?? other;
  return {
    id,
    title: titleOf(id),
    isEnding: step === undefined,
    ways: edges
      .filter(({ from }) => from === id)
      .map(({ labels, to }) => ({ label: labels.join(', '), to: titleOf(to) })),
    again: step?.again_label ?? null,
  };
}
