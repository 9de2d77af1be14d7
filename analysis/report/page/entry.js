// What the report page needs of ECharts, and nothing more. `build.sh` bundles this into echarts.min.js.
import { use, init, connect } from 'echarts/core';
import { LineChart, BarChart, SankeyChart } from 'echarts/charts';
import { GridComponent, TooltipComponent, LegendComponent, MarkLineComponent, DataZoomComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';

use([LineChart, BarChart, SankeyChart, GridComponent, TooltipComponent, LegendComponent, MarkLineComponent,
     DataZoomComponent, SVGRenderer]);

window.echarts = { init, connect };
