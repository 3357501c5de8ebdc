/** A metric's value: shares as four digits, the very small and very large in powers of ten. */
export function number(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-3) return value.toExponential(2);
  if (size >= 1e5) return Math.round(value).toLocaleString('en');
  return size >= 100 ? value.toFixed(0) : value.toFixed(4);
}

export function duration(from: string | null, to: string | null): string {
  if (!from) return '–';
  const seconds = Math.max(0, Math.round(((to ? Date.parse(to) : Date.now()) - Date.parse(from)) / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function moment(iso: string): string {
  return new Date(iso).toLocaleString();
}

export const parameters = (values: Record<string, string>): string =>
  Object.entries(values).map(([name, value]) => `${name} ${value}`).join(' · ');
