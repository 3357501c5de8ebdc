import type { Sweep, Trial } from './api';
import { h, replace } from './dom';
import { duration, number } from './format';
import { trialLink } from './pages/sweeps';

interface Column {
  title: string;
  value(trial: Trial): string | number | null;
  cell(trial: Trial): HTMLElement | string;
}

/** The sortable table of a sweep's trials. A click on a title sorts by it, a second click turns the order round. */
export class TrialTable {
  readonly element = h('div', { class: 'table' });
  private trials: Trial[] = [];
  private sweep: Sweep | null = null;
  private sortBy: string | null = null;
  private descending = false;

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
    const sorted = columns.find((column) => column.title === (this.sortBy ?? 'Best'))!;
    const descending = this.sortBy === null ? this.sweep?.maximize === true : this.descending;
    const rows = [...this.trials].sort((a, b) => compare(sorted.value(a), sorted.value(b), descending) || a.number - b.number);
    replace(
      this.element,
      h(
        'table',
        { id: 'trials' },
        h('thead', {}, h('tr', {}, ...columns.map((column) => this.title(column, column === sorted, descending)))),
        h('tbody', {}, ...rows.map((trial) => this.row(trial, columns))),
      ),
    );
  }

  private title(column: Column, sorted: boolean, descending: boolean): HTMLElement {
    const sort = (): void => {
      this.descending = sorted ? !descending : false;
      this.sortBy = column.title;
      this.render();
    };
    const mark = sorted ? (descending ? ' ▾' : ' ▴') : '';
    const numeric = this.trials.some((trial) => typeof column.value(trial) === 'number');
    return h('th', { class: numeric ? 'number' : '', 'aria-sort': sorted ? (descending ? 'descending' : 'ascending') : 'none' }, h('button', { class: 'plain', onclick: sort }, column.title + mark));
  }

  private row(trial: Trial, columns: Column[]): HTMLElement {
    return h(
      'tr',
      {
        'data-trial': trial.id,
        class: trial.id === this.sweep?.bestTrial ? 'best' : '',
        onmouseenter: () => this.onHover(trial.id),
        onmouseleave: () => this.onHover(null),
      },
      ...columns.map((column) => h('td', { class: typeof column.value(trial) === 'number' ? 'number' : '' }, column.cell(trial))),
    );
  }

  private columns(): Column[] {
    const names = [...new Set(this.trials.flatMap((trial) => Object.keys(trial.parameters)))];
    return [
      { title: 'Trial', value: (t) => t.number, cell: (t) => h('a', { href: trialLink(t.id) }, String(t.number)) },
      { title: 'State', value: (t) => t.state, cell: (t) => h('span', { class: `state ${t.state}`, title: t.reason }, t.state) },
      ...names.map((name): Column => ({ title: name, value: (t) => sortable(t.parameters[name]), cell: (t) => t.parameters[name] ?? '–' })),
      { title: 'Epochs', value: (t) => t.epochsDone / Math.max(1, t.epochs), cell: (t) => progress(t) },
      { title: 'Best', value: (t) => t.best, cell: (t) => number(t.best) },
      { title: 'Train loss', value: (t) => t.metrics['train-loss'] ?? null, cell: (t) => number(t.metrics['train-loss']) },
      { title: 'Examples/s', value: (t) => t.metrics['examples-per-second'] ?? null, cell: (t) => number(t.metrics['examples-per-second']) },
      { title: 'Devices', value: (t) => t.devices.length, cell: (t) => t.devices.join(' ') || '–' },
      { title: 'Time', value: (t) => seconds(t), cell: (t) => duration(t.started, t.finished) },
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

// What is not known yet stands last in either order.
function compare(a: string | number | null, b: string | number | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
  return descending ? -order : order;
}
