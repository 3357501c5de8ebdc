import type { LayerStatistics, Point } from '../api';
import { h, replace } from '../dom';
import { number } from '../format';
import { badge, grave } from '../health';
import { isNumeric, Sorting, type Column } from '../sorting';
import { SpreadMap } from '../spread';

const measured = (title: string, value: (layer: LayerStatistics) => number | null): Column<LayerStatistics> => ({
  title,
  value,
  cell: (layer) => number(value(layer)),
});

const columns: Column<LayerStatistics>[] = [
  { title: 'Layer', value: (layer) => layer.layer, cell: (layer) => layer.layer },
  { title: 'Kind', value: (layer) => layer.kind, cell: (layer) => layer.kind || '–' },
  measured('Mean', (layer) => layer.mean),
  measured('Standard deviation', (layer) => layer.standardDeviation),
  measured('Near zero', (layer) => layer.nearZero),
  measured('Gradient norm', (layer) => layer.gradientNorm),
  measured('Weight norm', (layer) => layer.weightNorm),
  measured('Update ratio', (layer) => layer.updateRatio),
  { title: 'Verdict', value: (layer) => grave(layer.health), cell: (layer) => verdict(layer), words: true },
];

const verdict = (layer: LayerStatistics): HTMLElement =>
  h('span', {}, badge(layer.health, layer.evidence), layer.evidence && h('span', { class: 'evidence' }, ` ${layer.evidence}`));

const hint =
  'How the outputs of a layer were spread, step by step; choose a layer in the table. A sound layer fills its range evenly. One that ' +
  'rises and falls back to the dark again and again is unstable: lower the learning rate, warm up, or normalise.';

/** A trial's layers at the newest watched step, and how the outputs of the chosen one were spread since the run began. */
export class LayersPanel {
  readonly element = h('section');
  private readonly table = h('div', { class: 'table' });
  private readonly caption = h('figcaption');
  private readonly map: SpreadMap;
  private readonly sorting = new Sorting<LayerStatistics>(() => this.render());
  private point: Point | null = null;
  private chosen: string | null = null;

  constructor(trial: string, signal: AbortSignal) {
    const canvas = h('div', { class: 'chart', id: 'spread' });
    this.element.append(
      h('h2', {}, 'Layers at the last watched step'),
      this.table,
      h('h2', {}, 'The colourful dimension'),
      h('p', { class: 'hint' }, hint),
      h('figure', {}, this.caption, canvas),
    );
    this.map = new SpreadMap(canvas, trial, signal);
    this.render();
  }

  /** Takes what was measured; the newest sample counts. */
  show(points: Point[]): void {
    const newest = points.findLast((point) => (point.layers ?? []).length > 0);
    if (newest === undefined || newest.step === this.point?.step) return;
    this.point = newest;
    this.render();
    // fastai's text looks at the last but one layer: the last one's outputs are the classes' logits.
    if (this.chosen === null) this.choose(newest.layers!.at(-2)?.layer ?? newest.layers![0]!.layer);
    this.map.grow(newest.step);
  }

  private choose(layer: string): void {
    this.chosen = layer;
    this.caption.textContent = layer;
    this.map.choose(layer);
    this.render();
  }

  private render(): void {
    const layers = this.point?.layers ?? [];
    if (layers.length === 0) {
      replace(this.table, h('p', { class: 'hint' }, 'No layer has been watched yet.'));
      return;
    }
    replace(
      this.table,
      h(
        'table',
        { id: 'layers', 'data-step': this.point!.step },
        h('thead', {}, h('tr', {}, ...columns.map((column) => this.sorting.head(column, layers, null)))),
        h('tbody', {}, ...this.sorting.order(layers, columns, null).map((layer) => this.row(layer, layers))),
      ),
    );
  }

  private row(layer: LayerStatistics, layers: LayerStatistics[]): HTMLElement {
    return h(
      'tr',
      { 'data-layer': layer.layer, class: layer.layer === this.chosen ? 'chosen' : '', onclick: () => this.choose(layer.layer) },
      ...columns.map((column) => h('td', { class: isNumeric(column, layers) ? 'number' : '' }, column.cell(layer))),
    );
  }
}
