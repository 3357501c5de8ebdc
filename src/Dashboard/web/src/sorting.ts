import { h } from './dom';

export interface Column<T> {
  title: string;
  value(row: T): string | number | null;
  cell(row: T): HTMLElement | string;
  /** Its cells are words although they sort by a number. */
  words?: true;
}

/** Which column a table is sorted by. A click on a title sorts by it, a second click turns the order round. */
export class Sorting<T> {
  private title: string | null = null;
  private descending = false;

  constructor(private readonly changed: () => void) {}

  /** The rows in order; before anyone chose a column, sorted by `first`, or as they come where that is null. */
  order(rows: T[], columns: Column<T>[], first: { title: string; descending: boolean } | null): T[] {
    const chosen = this.title === null ? first : { title: this.title, descending: this.descending };
    const column = columns.find((known) => known.title === chosen?.title);
    if (chosen === null || column === undefined) return rows;
    return [...rows].sort((a, b) => compare(column.value(a), column.value(b), chosen.descending));
  }

  /** A column's title, to click on. */
  head(column: Column<T>, rows: T[], first: { title: string; descending: boolean } | null): HTMLElement {
    const chosen = this.title === null ? first : { title: this.title, descending: this.descending };
    const sorted = chosen?.title === column.title;
    const sort = (): void => {
      this.descending = sorted ? !chosen!.descending : false;
      this.title = column.title;
      this.changed();
    };
    const mark = sorted ? (chosen!.descending ? ' ▾' : ' ▴') : '';
    return h(
      'th',
      { class: isNumeric(column, rows) ? 'number' : '', 'aria-sort': sorted ? (chosen!.descending ? 'descending' : 'ascending') : 'none' },
      h('button', { class: 'plain', onclick: sort }, column.title + mark),
    );
  }
}

export const isNumeric = <T>(column: Column<T>, rows: T[]): boolean =>
  column.words !== true && rows.some((row) => typeof column.value(row) === 'number');

// What is not known stands last in either order.
function compare(a: string | number | null, b: string | number | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
  return descending ? -order : order;
}
