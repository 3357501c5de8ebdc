import type { Sweep, Trial } from './api';
import { h, replace } from './dom';
import { duration, number } from './format';
import { badge, foundRate, grave } from './health';
import { trialLink } from './pages/sweeps';
import { isNumeric, Sorting, type Column } from './sorting';

/** The sortable table of a sweep's trials. A click on a title sorts by it, a second click turns the order round. */
export class TrialTable {
  readonly element = h('div', { class: 'table' });
  private trials: Trial[] = [];
  private sweep: Sweep | null = null;
  private readonly sorting = new Sorting<Trial>(() => this.render());

  constructor(private readonly onHover: (trial: string | null) => void) {}

  show(trials: Trial[], sweep: Sweep): void {
    this.trials = trials;
    this.sweep = sweep;
    this.render();
  }

  highlight(id: string | null): void {
    for (const row of this.element.querySelectorAll<HTMLElement>('tbody tr')) row.classList.toggle('hover', row.dataset['trial'] === id);
  }

  private render(): void {
    const columns = this.columns();
    // Before anyone chose a column, the best trial stands first.
    const first = { title: 'Best', descending: this.sweep?.maximize === true };
    const byNumber = [...this.trials].sort((a, b) => a.number - b.number);
    replace(
      this.element,
      h(
        'table',
        { id: 'trials' },
        h('thead', {}, h('tr', {}, ...columns.map((column) => this.sorting.head(column, this.trials, first)))),
        h('tbody', {}, ...this.sorting.order(byNumber, columns, first).map((trial) => this.row(trial, columns))),
      ),
    );
  }

  private row(trial: Trial, columns: Column<Trial>[]): HTMLElement {
    return h(
      'tr',
      {
        'data-trial': trial.id,
        class: trial.id === this.sweep?.bestTrial ? 'best' : '',
        onmouseenter: () => this.onHover(trial.id),
        onmouseleave: () => this.onHover(null),
      },
      ...columns.map((column) => h('td', { class: isNumeric(column, this.trials) ? 'number' : '' }, column.cell(trial))),
    );
  }

  private columns(): Column<Trial>[] {
    const names = [...new Set(this.trials.flatMap((trial) => Object.keys(trial.parameters)))];
    return [
      { title: 'Trial', value: (t) => t.number, cell: (t) => h('a', { href: trialLink(t.id) }, String(t.number)) },
      { title: 'State', value: (t) => t.state, cell: (t) => h('span', { class: `state ${t.state}`, title: t.reason }, t.state) },
      ...names.map((name): Column<Trial> => ({ title: name, value: (t) => sortable(t.parameters[name]), cell: (t) => t.parameters[name] ?? '–' })),
      ...this.optional(),
      { title: 'Epochs', value: (t) => t.epochsDone / Math.max(1, t.epochs), cell: (t) => progress(t) },
      { title: 'Best', value: (t) => t.best, cell: (t) => number(t.best) },
      { title: 'Train loss', value: (t) => t.metrics['train-loss'] ?? null, cell: (t) => number(t.metrics['train-loss']) },
      { title: 'Examples/s', value: (t) => t.metrics['examples-per-second'] ?? null, cell: (t) => number(t.metrics['examples-per-second']) },
      { title: 'Devices', value: (t) => t.devices.length, cell: (t) => t.devices.join(' ') || '–' },
      { title: 'Time', value: (t) => seconds(t), cell: (t) => duration(t.started, t.finished) },
    ];
  }

  // Only of use in sweeps that watch layers, or search for their rate.
  private optional(): Column<Trial>[] {
    const rate: Column<Trial> = { title: 'Rate found', value: foundRate, cell: (t) => number(foundRate(t)) };
    const health: Column<Trial> = {
      title: 'Layers',
      value: (t) => (t.health === null ? null : grave(t.health.health)),
      cell: (t) => (t.health === null ? '–' : badge(t.health.health, t.health.sentence)),
      words: true,
    };
    return [
      ...(this.trials.some((t) => foundRate(t) !== null) ? [rate] : []),
      ...(this.trials.some((t) => t.health !== null) ? [health] : []),
    ];
  }
}

const progress = (trial: Trial): HTMLElement =>
  h('span', {}, h('progress', { value: trial.epochsDone, max: Math.max(1, trial.epochs) }), ` ${trial.epochsDone}/${trial.epochs}`);

const seconds = (trial: Trial): number | null =>
  trial.started === null ? null : ((trial.finished ? Date.parse(trial.finished) : Date.now()) - Date.parse(trial.started)) / 1000;

function sortable(text: string | undefined): string | number | null {
  if (text === undefined) return null;
  const value = Number(text);
  return Number.isNaN(value) ? text : value;
}
