import { LineChart } from 'echarts/charts';
import { DataZoomComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

echarts.use([LineChart, GridComponent, LegendComponent, TooltipComponent, DataZoomComponent, CanvasRenderer]);

export interface Curve {
  id: string;
  name: string;
  points: [number, number][];
}

export interface LineOptions {
  x: string;
  y: string;
  logarithmic?: boolean;
  legend?: boolean;
}

const dark = window.matchMedia('(prefers-color-scheme: dark)');

/** A line chart that is told its curves again and again; drawing happens at most once per animation frame. */
export class Lines {
  private readonly chart: echarts.ECharts;
  private readonly sizes: ResizeObserver;
  private frame = 0;
  private curves: Curve[] = [];

  constructor(private readonly place: HTMLElement, private options: LineOptions, onHover?: (id: string | null) => void) {
    this.chart = echarts.init(place, dark.matches ? 'dark' : undefined);
    this.sizes = new ResizeObserver(() => this.chart.resize());
    this.sizes.observe(place);
    this.chart.on('mouseover', (event) => onHover?.((event as { seriesId?: string }).seriesId ?? null));
    this.chart.on('mouseout', () => onHover?.(null));
  }

  show(curves: Curve[], options: LineOptions = this.options): void {
    this.curves = curves;
    this.options = options;
    // What a test, or a person with the inspector, can see of a canvas.
    this.place.dataset['points'] = String(curves.reduce((sum, curve) => sum + curve.points.length, 0));
    this.place.dataset['curves'] = String(curves.length);
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.draw());
  }

  highlight(id: string | null): void {
    this.chart.dispatchAction({ type: 'downplay' });
    if (id !== null) this.chart.dispatchAction({ type: 'highlight', seriesId: id });
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.sizes.disconnect();
    this.chart.dispose();
  }

  private draw(): void {
    this.frame = 0;
    this.chart.setOption(
      {
        backgroundColor: 'transparent',
        animation: false,
        grid: { left: 64, right: 24, top: this.options.legend ? 48 : 32, bottom: 48 },
        legend: { show: this.options.legend === true, type: 'scroll', top: 0 },
        tooltip: { trigger: 'item', confine: true },
        dataZoom: [{ type: 'inside', filterMode: 'none' }],
        xAxis: { type: 'value', name: this.options.x, nameLocation: 'middle', nameGap: 28, min: (range: { min: number }) => Math.floor(range.min) },
        yAxis: { type: this.options.logarithmic ? 'log' : 'value', name: this.options.y, scale: true, axisLabel: { formatter: (value: number) => String(Number(value.toPrecision(3))) } },
        series: this.curves.map((curve) => ({
          id: curve.id,
          name: curve.name,
          type: 'line',
          data: curve.points,
          showSymbol: curve.points.length < 3,
          symbolSize: 5,
          lineStyle: { width: 1.5 },
          emphasis: { focus: 'series', lineStyle: { width: 3 } },
          sampling: 'lttb',
        })),
      },
      { replaceMerge: ['series'] },
    );
  }
}
