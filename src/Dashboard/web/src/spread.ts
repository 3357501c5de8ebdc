import { HeatmapChart } from 'echarts/charts';
import { GridComponent, TooltipComponent, VisualMapContinuousComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { getSpread, type Spread } from './api';

echarts.use([HeatmapChart, GridComponent, TooltipComponent, VisualMapContinuousComponent, CanvasRenderer]);

const columnsShown = 250;
const mostColumns = 2 * columnsShown;
const retries = 5;
const retryAfter = 400;

// Viridis, as Matplotlib 2 and R's viridisLite have it.
const viridis = ['#440154', '#482878', '#3e4a89', '#31688e', '#26828e', '#1f9e89', '#35b779', '#6dcd59', '#b4de2c', '#fde725'];

const dark = window.matchMedia('(prefers-color-scheme: dark)');

/**
 * fastai's colourful dimension of one layer: steps across, the histogram's bins up, colours for ln(1 + count). It grows while the
 * trial runs: whoever hears of a new sample calls `grow`, and what is missing is asked for.
 */
export class SpreadMap {
  private readonly chart: echarts.ECharts;
  private readonly sizes: ResizeObserver;
  private columns: Spread[] = [];
  private layer: string | null = null;
  private asking = false;
  private wanted = 0;

  constructor(private readonly place: HTMLElement, private readonly trial: string, private readonly signal: AbortSignal) {
    this.chart = echarts.init(place, dark.matches ? 'dark' : undefined);
    this.sizes = new ResizeObserver(() => this.chart.resize());
    this.sizes.observe(place);
    signal.addEventListener('abort', () => {
      this.sizes.disconnect();
      this.chart.dispose();
    });
  }

  /** Shows another layer, from the run's beginning. */
  choose(layer: string): void {
    if (layer === this.layer) return;
    this.layer = layer;
    this.columns = [];
    void this.ask(true);
  }

  /** A sample of this step was taken. */
  grow(step: number): void {
    if (this.layer === null || step <= this.last()) return;
    this.wanted = step;
    void this.ask(false);
  }

  // One request at a time. The silo tells of a sample a moment before it can be read, hence the second looks.
  private async ask(anew: boolean): Promise<void> {
    if (this.asking && !anew) return;
    this.asking = true;
    const layer = this.layer!;
    try {
      for (let look = 0; look <= retries && !this.signal.aborted && layer === this.layer; look++) {
        if (look > 0) await new Promise((resolve) => setTimeout(resolve, retryAfter));
        const after = this.columns.length >= mostColumns ? 0 : this.last();
        const news = await getSpread(this.trial, layer, columnsShown, after);
        if (this.signal.aborted || layer !== this.layer) return;
        this.add(news, after);
        if (this.last() >= this.wanted) break;
      }
    } catch {
      // No sample yet, or the silo is away: the next sample asks again.
    } finally {
      if (layer === this.layer) this.asking = false;
    }
  }

  private add(news: Spread[], after: number): void {
    if (news.length === 0) return;
    const known = after === 0 ? [] : this.columns;
    // A layer's first negative output widens the range of all columns: only the silo can widen those that came before.
    if (known.length > 0 && known[0]!.low !== news[0]!.low) {
      this.columns = [];
      return;
    }
    this.columns = [...known, ...news];
    this.draw();
  }

  private last(): number {
    return this.columns.at(-1)?.step ?? 0;
  }

  private draw(): void {
    const { low, high, counts } = this.columns[0]!;
    const width = (high - low) / counts.length;
    const cells = this.columns.flatMap((column, x) =>
      column.counts.map((count, bin): [number, number, number] => [x, bin, Math.log1p(count)]),
    );
    // What a test, or a person with the inspector, can see of a canvas.
    this.place.dataset['columns'] = String(this.columns.length);
    this.place.dataset['layer'] = this.layer!;
    this.chart.setOption({
      backgroundColor: 'transparent',
      animation: false,
      grid: { left: 64, right: 90, top: 16, bottom: 48 },
      tooltip: { confine: true, formatter: (cell: { data: [number, number, number] }) => this.tell(...cell.data) },
      xAxis: { type: 'category', name: 'step', nameLocation: 'middle', nameGap: 28, data: this.columns.map((column) => column.step) },
      yAxis: {
        type: 'category',
        name: 'output',
        nameLocation: 'middle',
        nameGap: 40,
        data: counts.map((_, bin) => low + bin * width),
        axisLabel: { interval: (bin: number) => bin % 8 === 0 },
      },
      visualMap: {
        min: 0,
        max: Math.max(1, ...cells.map(([, , value]) => value)),
        dimension: 2,
        right: 0,
        top: 'middle',
        text: ['many', 'none'],
        formatter: (value: number) => String(Math.round(Math.expm1(value))),
        inRange: { color: viridis },
      },
      series: [{ type: 'heatmap', data: cells, progressive: 0, emphasis: { disabled: true } }],
    });
  }

  private tell(x: number, bin: number, value: number): string {
    const { step, low, high, counts } = this.columns[x]!;
    const width = (high - low) / counts.length;
    return `step ${step}: ${Math.round(Math.expm1(value))} outputs from ${low + bin * width} to ${low + (bin + 1) * width}`;
  }
}
