import { ApiError, getCurves, steer, type Point, type Sweep, type Trial } from '../api';
import { Lines, type Curve } from '../charts';
import { h, replace } from '../dom';
import { duration, number, parameters } from '../format';
import { follow } from '../live';
import type { Page } from '../router';
import { TrialTable } from '../trialTable';

// Metrics of single steps come with the metric stream; the others once per epoch with the trial itself.
const stepMetrics = ['train-loss', 'train-accuracy', 'learning-rate', 'examples-per-second'];
const epochMetrics = ['valid-accuracy', 'valid-loss'];
const pointsPerCurve = 500;

export function sweepPage(id: string): Page {
  return {
    title: `${id} · Granary`,
    crumbs: [[id, `/sweeps/${id}`]],
    show: (place, signal) => new SweepView(id, place, signal).run(),
  };
}

class SweepView {
  private readonly head = h('section', { class: 'head' });
  private readonly chartPlace = h('div', { class: 'chart large', id: 'curves' });
  private readonly choice = h('select', { 'aria-label': 'Metric', onchange: () => this.chooseMetric() }) as HTMLSelectElement;
  private readonly logarithmic = h('input', { type: 'checkbox', checked: true, onchange: () => this.draw() }) as HTMLInputElement;
  private readonly trials = new Map<string, Trial>();
  private readonly steps = new Map<string, Point[]>();
  private readonly loaded = new Set<string>();
  private readonly chart: Lines;
  private readonly table: TrialTable;
  private sweep: Sweep | null = null;

  constructor(private readonly id: string, place: HTMLElement, private readonly signal: AbortSignal) {
    this.choice.append(...[...epochMetrics, ...stepMetrics].map((name) => h('option', { value: name }, name)));
    this.choice.value = 'train-loss';
    this.table = new TrialTable((trial) => this.chart.highlight(trial));
    place.append(this.head, h('div', { class: 'bar' }, h('label', {}, 'Curves of ', this.choice), h('label', {}, this.logarithmic, ' logarithmic')), this.chartPlace, this.table.element);
    this.chart = new Lines(this.chartPlace, { x: 'epoch', y: '' }, (trial) => this.table.highlight(trial));
    signal.addEventListener('abort', () => this.chart.dispose());
  }

  run(): void {
    follow(
      this.id,
      {
        snapshot: (detail) => {
          for (const trial of detail.trials) this.trials.set(trial.id, trial);
          this.sweep = detail.sweep;
          this.refresh();
          void this.loadSteps();
        },
        summary: (sweep) => {
          this.sweep = sweep;
          this.refresh();
        },
        trial: (trial) => {
          if ((this.trials.get(trial.id)?.version ?? -1) <= trial.version) this.trials.set(trial.id, trial);
          this.refresh();
        },
        metrics: (trial, points) => {
          const known = this.steps.get(trial) ?? [];
          const last = known.at(-1)?.step ?? -1;
          known.push(...points.filter((point) => point.step > last));
          this.steps.set(trial, known);
          this.draw();
        },
      },
      this.signal,
    );
  }

  private chooseMetric(): void {
    // A diverging trial's loss would flatten all others; an accuracy has no such range.
    this.logarithmic.checked = this.choice.value.endsWith('-loss') || this.choice.value === 'learning-rate';
    this.draw();
    void this.loadSteps();
  }

  // Curves of steps before this page was opened are asked for once per trial, and only when a metric of steps is shown.
  private async loadSteps(): Promise<void> {
    if (!stepMetrics.includes(this.choice.value)) return;
    for (const trial of [...this.trials.values()]) {
      if (this.signal.aborted) return;
      if (trial.started === null || this.loaded.has(trial.id)) continue;
      this.loaded.add(trial.id);
      const earlier = await getCurves(trial.id, pointsPerCurve, false).catch(() => []);
      const last = earlier.at(-1)?.step ?? -1;
      this.steps.set(trial.id, [...earlier, ...(this.steps.get(trial.id) ?? []).filter((point) => point.step > last)]);
      this.draw();
    }
  }

  private refresh(): void {
    if (this.sweep !== null) {
      replace(this.head, ...heading(this.sweep, (verb) => void this.steer(verb)));
      this.table.show([...this.trials.values()], this.sweep);
    }
    this.draw();
  }

  private draw(): void {
    const metric = this.choice.value;
    const curves: Curve[] = [];
    for (const trial of [...this.trials.values()].sort((a, b) => a.number - b.number)) {
      const points = stepMetrics.includes(metric) ? (this.steps.get(trial.id) ?? []) : trial.history;
      const line = points.filter((point) => point.values[metric] !== undefined).map((point): [number, number] => [point.epoch, point.values[metric]!]);
      if (line.length > 0) curves.push({ id: trial.id, name: `${trial.number}: ${parameters(trial.parameters)}`, points: line });
    }
    const { checked } = this.logarithmic;
    const shown = checked ? curves.map((curve) => ({ ...curve, points: curve.points.filter(([, value]) => value > 0) })) : curves;
    this.chart.show(shown, { x: 'epoch', y: metric, logarithmic: checked });
  }

  private async steer(verb: 'pause' | 'resume' | 'stop'): Promise<void> {
    try {
      this.sweep = await steer(this.id, verb);
      this.refresh();
    } catch (error) {
      alert(error instanceof ApiError ? error.message : String(error));
    }
  }
}

function heading(sweep: Sweep, act: (verb: 'pause' | 'resume' | 'stop') => void): HTMLElement[] {
  const button = (verb: 'pause' | 'resume' | 'stop'): HTMLElement => h('button', { onclick: () => act(verb) }, verb);
  const buttons = sweep.state === 'running' ? [button('pause'), button('stop')] : sweep.state === 'paused' ? [button('resume'), button('stop')] : [];
  const share = sweep.plannedTrials > 0 ? sweep.finishedTrials / sweep.plannedTrials : 0;
  return [
    h('h1', {}, sweep.id, ' ', h('span', { class: `state ${sweep.state}` }, sweep.state), ...buttons),
    h('progress', { value: share, max: 1, title: `${sweep.finishedTrials} of ${sweep.plannedTrials} trials` }),
    h(
      'dl',
      { class: 'facts' },
      ...fact('Trials', `${sweep.finishedTrials} of ${sweep.plannedTrials} ended, ${sweep.runningTrials} running`),
      ...fact(`Best ${sweep.metric}`, sweep.best === null ? '–' : `${number(sweep.best)} (${sweep.bestTrial ?? ''})`),
      ...fact('Time', duration(sweep.created, sweep.finished)),
      ...(sweep.reason ? fact('Why', sweep.reason) : []),
    ),
  ];
}

export const fact = (name: string, value: string): HTMLElement[] => [h('dt', {}, name), h('dd', {}, value)];
