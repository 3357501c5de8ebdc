import { getCurves, type LayerStatistics, type Point, type Trial } from '../api';
import { Lines, type Curve, type LineOptions } from '../charts';
import { h, replace } from '../dom';
import { duration, number, parameters } from '../format';
import { badge, foundRate } from '../health';
import { follow } from '../live';
import type { Page } from '../router';
import { explainPanel } from './explain';
import { LayersPanel } from './layers';
import { fact } from './sweep';

const pointsPerCurve = 1000;

interface Panel {
  title: string;
  options: LineOptions;
  curves(view: Curves): Curve[];
}

interface Curves {
  steps: Point[];
  epochs: Point[];
}

const of = (points: Point[], metric: string): Curve => ({
  id: metric,
  name: metric,
  points: points.filter((point) => point.values[metric] !== undefined).map((point) => [point.epoch, point.values[metric]!]),
});

function layers(points: Point[], value: (statistics: LayerStatistics) => number | null): Curve[] {
  const curves = new Map<string, Curve>();
  for (const point of points) {
    for (const statistics of point.layers ?? []) {
      const curve = curves.get(statistics.layer) ?? { id: statistics.layer, name: statistics.layer, points: [] };
      const measured = value(statistics);
      if (measured !== null) curve.points.push([point.step, measured]);
      curves.set(statistics.layer, curve);
    }
  }
  return [...curves.values()];
}

const panels: Panel[] = [
  { title: 'Loss', options: { x: 'epoch', y: 'loss', legend: true }, curves: (view) => [of(view.steps, 'train-loss'), of(view.epochs, 'valid-loss')] },
  { title: 'Accuracy', options: { x: 'epoch', y: 'accuracy', legend: true }, curves: (view) => [of(view.steps, 'train-accuracy'), of(view.epochs, 'valid-accuracy')] },
  { title: 'Learning rate', options: { x: 'epoch', y: 'learning rate' }, curves: (view) => [of(view.steps, 'learning-rate')] },
  { title: 'Throughput', options: { x: 'epoch', y: 'examples/s' }, curves: (view) => [of(view.steps, 'examples-per-second')] },
  { title: 'Activation mean by layer', options: { x: 'step', y: 'mean', legend: true }, curves: (view) => layers(view.steps, (s) => s.mean) },
  { title: 'Activation standard deviation by layer', options: { x: 'step', y: 'std', legend: true }, curves: (view) => layers(view.steps, (s) => s.standardDeviation) },
  { title: 'Share of activations near zero by layer', options: { x: 'step', y: 'share', legend: true }, curves: (view) => layers(view.steps, (s) => s.nearZero) },
  // A logarithm has no place for 0, which a dead layer's are.
  {
    title: 'Gradient norm by layer',
    options: { x: 'step', y: 'norm', legend: true, logarithmic: true },
    curves: (view) => layers(view.steps, (s) => s.gradientNorm || null),
  },
  {
    title: 'Update ratio by layer (0.001 is right)',
    options: { x: 'step', y: 'update / weight', legend: true, logarithmic: true },
    curves: (view) => layers(view.steps, (s) => s.updateRatio || null),
  },
];

export function trialPage(sweep: string, number: string): Page {
  // Trials are numbered 0001 and so on; people type 1.
  const id = `${sweep}/${number.padStart(4, '0')}`;
  return {
    title: `${id} · Granary`,
    crumbs: [[sweep, `/sweeps/${sweep}`], [`trial ${Number(number)}`, `/sweeps/${sweep}/trials/${number}`]],
    show: (place, signal) => show(sweep, id, place, signal),
  };
}

async function show(sweep: string, id: string, place: HTMLElement, signal: AbortSignal): Promise<void> {
  const head = h('section', { class: 'head' });
  const panel = new LayersPanel(id, signal);
  const charts = panels.map((panel) => {
    const canvas = h('div', { class: 'chart', 'data-panel': panel.title });
    return { panel, canvas, box: h('figure', {}, h('figcaption', {}, panel.title), canvas) };
  });
  place.append(head, h('div', { class: 'panels' }, ...charts.map((chart) => chart.box)), panel.element, explainPanel(id, signal));
  const lines = charts.map(({ panel, canvas }) => new Lines(canvas, panel.options));
  signal.addEventListener('abort', () => lines.forEach((line) => line.dispose()));

  const view: Curves = { steps: [], epochs: [] };
  const draw = (): void => {
    panels.forEach((panel, index) => lines[index]!.show(panel.curves(view).filter((curve) => curve.points.length > 0)));
    panel.show(view.steps);
  };
  const add = (points: Point[]): void => {
    const last = view.steps.at(-1)?.step ?? -1;
    view.steps.push(...points.filter((point) => point.step > last));
    draw();
  };
  const take = (trial: Trial): void => {
    if (trial.id !== id) return;
    view.epochs = trial.history;
    replace(head, ...heading(trial));
    draw();
  };

  view.steps = await getCurves(id, pointsPerCurve, true);
  draw();
  follow(
    sweep,
    { snapshot: (detail) => detail.trials.forEach(take), summary: () => undefined, trial: take, metrics: (trial, points) => trial === id && add(points) },
    signal,
  );
}

const verdict = (trial: Trial): HTMLElement[] =>
  trial.health === null
    ? []
    : [h('dt', {}, 'Layers'), h('dd', { id: 'health' }, badge(trial.health.health, trial.health.sentence), ` ${trial.health.sentence}`)];

const heading = (trial: Trial): HTMLElement[] => [
  h('h1', {}, trial.id, ' ', h('span', { class: `state ${trial.state}` }, trial.state)),
  h(
    'dl',
    { class: 'facts' },
    ...fact('Parameters', parameters(trial.parameters)),
    ...fact('Epochs', `${trial.epochsDone} of ${trial.epochs}`),
    ...fact('Best', trial.best === null ? '–' : `${number(trial.best)} at epoch ${trial.bestEpoch}`),
    ...(foundRate(trial) === null ? [] : fact('Learning rate found', number(foundRate(trial)))),
    ...verdict(trial),
    ...fact('Devices', trial.devices.join(' ') || '–'),
    ...fact('Attempt', String(trial.attempt)),
    ...fact('Time', duration(trial.started, trial.finished)),
    ...(trial.checkpoint ? fact('Best checkpoint', trial.checkpoint) : []),
    ...(trial.reason ? fact('Why', trial.reason) : []),
  ),
];
