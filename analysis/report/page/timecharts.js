// Panels of step lines and bands over time, with their table.

// All charts over time span the same dates, whether or not a section covers them.
const timed = [data.power, data.site, data.network, data.jobs].filter(part => !absent(part?.times_s));
const span = { min: Math.min(...timed.map(part => part.times_s[0])), max: Math.max(...timed.map(part => part.end_s)) };
const lineColours = ['c1', 'c2', 'c3', 'c4', 'c6', 'c5', 'c0', 'ink'];
const dashes = ['solid', [7, 3], [2, 2.5], [10, 3, 2, 3]];
const marks = (data.events?.rows ?? []).filter(event => event.mark);

// Room for the names above a panel of several lines, which wrap.
function legendHeight({ lines }, width) {
  if (lines.length < 2) return 0;
  const length = lines.reduce((sum, line) => sum + 56 + 7.5 * line.name.length, 0);
  return 6 + 20 * Math.ceil(length / (width - 46));
}

// A panel: {title, unit, by, times_s, end_s, lines: [{name, mean, min?, max?, limit?}], slider}
function timeOption(panel, width) {
  const muted = colour('muted');
  const names = legendHeight(panel, width);
  const slider = panel.slider && !printing();
  const pick = lineColours.map(colour);
  return {
    useUTC: true,
    grid: { left: 54, right: 18, top: names + (panel.slider && marks.length ? 22 : 10), bottom: slider ? 62 : 26 },
    legend: {
      show: names > 0,
      top: 0,
      left: 46,
      right: 0,
      itemWidth: 30,
      itemHeight: 10,
      itemGap: 18,
      itemStyle: { opacity: 0 },
      textStyle: { color: colour('ink'), fontSize: 13 },
    },
    tooltip: tooltip({
      trigger: 'axis',
      axisPointer: { lineStyle: { color: muted, type: 'solid' } },
      formatter: points => timeTooltip(panel, points),
    }),
    xAxis: {
      type: 'time',
      min: clock(span.min),
      max: clock(span.max),
      axisLine: { lineStyle: { color: muted } },
      splitLine: { show: false },
      ...timeTicks(clock(span.min), clock(span.max), width),
    },
    yAxis: {
      type: 'value',
      min: panel.bottom,
      max: panel.top,
      interval: panel.tick,
      axisLabel: { color: muted, fontSize: 12, formatter: value => number(value) },
      splitLine: { lineStyle: { color: colour('rule') } },
    },
    dataZoom: [
      { type: 'inside', filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false },
      ...(slider ? [sliderOption()] : []),
    ],
    series: panel.lines.flatMap((line, i) => lineSeries(panel, line, pick[i % pick.length], dashes[i % dashes.length], i === 0)),
  };
}

// Ticks at round dates. ECharts' own mix levels (29, Nov, 5, 8), and come out uneven.
function timeTicks(from, to, width) {
  const customValues = roundDates(from, to, Math.max(3, Math.floor(width / 80)));
  const muted = colour('muted');
  return {
    axisTick: { customValues, lineStyle: { color: muted } },
    axisLabel: { customValues, color: muted, fontSize: 12, hideOverlap: true, formatter: dateLabel },
  };
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const tickSteps = [
  ...[1, 5, 15, 30].map(n => n * second),
  ...[1, 2, 5, 10, 15, 30].map(n => n * minute),
  ...[1, 2, 3, 6, 12].map(n => n * hour),
  ...[1, 2, 7, 14].map(n => n * day),
];
const monday = 4 * day; // 5 January 1970

function roundDates(from, to, most) {
  const step = tickSteps.find(step => (to - from) / step <= most);
  const dates = [];
  if (step) {
    for (let at = monday + Math.ceil((from - monday) / step) * step; at <= to; at += step) dates.push(at);
    return dates;
  }
  const months = [1, 3, 6, 12, 24, 60, 120].find(n => (to - from) / (30.4 * day * n) <= most) ?? 240;
  const year = new Date(from).getUTCFullYear();
  for (let n = 0, at = Date.UTC(year, 0); at <= to; n += months, at = Date.UTC(year, n)) if (at >= from) dates.push(at);
  return dates;
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
function dateLabel(at) {
  const date = new Date(at);
  const iso = date.toISOString();
  if (at % minute) return iso.slice(11, 19);
  if (at % day) return iso.slice(11, 16);
  return `${date.getUTCDate()} ${monthNames[date.getUTCMonth()]}${at === Date.UTC(date.getUTCFullYear(), 0) ? ` ${date.getUTCFullYear()}` : ''}`;
}

function sliderOption() {
  return {
    type: 'slider',
    filterMode: 'none',
    height: 16,
    bottom: 6,
    brushSelect: false,
    showDataShadow: false,
    showDetail: false,
    borderColor: colour('rule'),
    backgroundColor: 'transparent',
    fillerColor: colour('c0') + '40',
    handleStyle: { color: colour('page'), borderColor: colour('muted') },
    moveHandleSize: 0,
  };
}

const mostBands = 4; // more would hide each other; tooltip and table have the numbers

// The mean as a step line; from min to max a band, made of an unseen line and an area stacked on it.
function lineSeries(panel, line, color, dash, first) {
  const at = values => [...panel.times_s.map((t, i) => [clock(t), values[i]]), [clock(panel.end_s), values.at(-1)]];
  const scale = values => values.map(x => (x === null ? null : x / panel.by));
  const common = { type: 'line', name: line.name, step: 'end', symbol: 'none', color, emphasis: { disabled: true } };
  const mean = {
    ...common,
    data: at(scale(line.mean)),
    z: 3,
    lineStyle: { color, width: 1.5, type: dash },
    markLine: markLine(panel, first),
  };
  if (!line.min || panel.lines.length > mostBands) return [mean];
  const min = scale(line.min);
  const max = scale(line.max);
  const band = { ...common, stack: line.name, stackStrategy: 'all', z: 1, tooltip: { show: false }, lineStyle: { width: 0, opacity: 0 } };
  return [
    mean,
    { ...band, data: at(min) },
    { ...band, data: at(max.map((x, i) => (x === null ? null : x - min[i]))), areaStyle: { color, opacity: 0.18 } },
  ];
}

// Limits across, marked events upright; drawn once a panel.
function markLine(panel, first) {
  if (!first) return undefined;
  const muted = colour('muted');
  const text = { color: muted, fontSize: 12 };
  const across = panel.limits.map(limit => ({
    yAxis: limit.kw / panel.by,
    lineStyle: { type: 'dashed', color: colour('ink'), width: 1 },
    label: { ...text, position: 'insideEndTop', formatter: `${limit.name} ${number(limit.kw / panel.by)} ${panel.unit}` },
  }));
  let labelled = -Infinity; // names of events close to each other would be written over each other
  const free = event => event.t_s - labelled > (span.max - span.min) / 6 && ((labelled = event.t_s), true);
  const upright = marks.map(event => ({
    xAxis: clock(event.t_s),
    lineStyle: { type: 'solid', color: muted, width: 1 },
    label: { ...text, show: panel.slider === true && free(event), position: 'insideEndTop', rotate: 0, formatter: `${event.element} ${event.to}` },
  }));
  return { silent: true, symbol: 'none', data: [...across, ...upright] };
}

function timeTooltip(panel, points) {
  const time = points[0].axisValue;
  const i = panel.times_s.findLastIndex(t => clock(t) <= time);
  if (i < 0) return '';
  const end = panel.times_s[i + 1] ?? panel.end_s;
  const means = points.filter((point, k) => points.findIndex(other => other.seriesName === point.seriesName) === k);
  const rows = panel.lines
    .filter(line => means.some(point => point.seriesName === line.name))
    .map(line => {
      const show = values => number(values[i] === null ? null : values[i] / panel.by);
      const range = line.min ? `<td style="padding-left:14px;opacity:.7">${show(line.min)} to ${show(line.max)}</td>` : '';
      return `<tr><td style="padding-right:14px">${escapeHtml(line.name)}</td><td style="text-align:right"><b>${show(line.mean)}</b> ${panel.unit}</td>${range}</tr>`;
    });
  return `${stamp(panel.times_s[i])} to ${stamp(end).slice(stamp(end).slice(0, 10) === stamp(panel.times_s[i]).slice(0, 10) ? 11 : 0)}<table style="margin-top:4px">${rows.join('')}</table>`;
}

const known = values => values.filter(x => x !== null);
const largest = list => list.reduce((a, b) => Math.max(a, b), -Infinity);
const smallest = list => list.reduce((a, b) => Math.min(a, b), Infinity);

function describeLine(panel, line) {
  const mean = known(line.mean);
  const show = x => `${number(x / panel.by)} ${panel.unit}`;
  if (mean.length === 0) return `${line.name}: no values.`;
  const average = mean.reduce((a, b) => a + b, 0) / mean.length;
  return `${line.name}: mean ${show(average)}, from ${show(smallest(known(line.min ?? line.mean)))} to ${show(largest(known(line.max ?? line.mean)))}.`;
}

function limitName(lines, kw) {
  const holders = lines.filter(line => line.limit === kw);
  if (holders.length === lines.length) return 'limit';
  return `limit of ${holders.length <= 2 ? holders.map(line => line.name).join(', ') : `${holders.length} of ${lines.length}`}:`;
}

// Adds what a panel is drawn with: the limits in reach and the top of the axis.
function timePanel(panel, height) {
  const top = largest(panel.lines.flatMap(line => known(line.max ?? line.mean)));
  const limits = [...new Set(panel.lines.map(line => line.limit).filter(Boolean))].map(kw => ({ kw, name: limitName(panel.lines, kw) }));
  panel.limits = limits.filter(limit => limit.kw <= 3 * top);
  panel.far = limits.filter(limit => limit.kw > 3 * top);
  const reach = (panel.full ?? 1.02 * Math.max(top, ...panel.limits.map(limit => limit.kw))) / panel.by;
  const low = Math.min(0, smallest(panel.lines.flatMap(line => known(line.min ?? line.mean)))) / panel.by;
  panel.tick = niceTick(reach - low);
  panel.top = panel.tick * Math.max(low < 0 ? 0 : 1, Math.ceil(reach / panel.tick - 1e-9));
  panel.bottom = panel.tick * Math.floor(low / panel.tick + 1e-9);
  const far = panel.far.map(limit => ` \u00b7 above the scale: ${limit.name} ${number(limit.kw / panel.by)} ${panel.unit}`).join('');
  const describe = `Line chart over time. ${panel.title} in ${panel.unit}. ${panel.lines.map(line => describeLine(panel, line)).join(' ')}`;
  return element(
    'div',
    { class: 'panel' },
    element('h3', {}, panel.title, element('span', { class: 'muted', style: 'font-weight:400' }, `, ${panel.unit}${far}`)),
    chart(
      width => height + legendHeight(panel, width) + (panel.slider ? 48 : 0),
      describe,
      width => timeOption(panel, width),
    ),
  );
}

// 1, 2, 2.5 or 5 times a power of ten, so that at most five reach across `top`.
function niceTick(top) {
  if (!(top > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(top / 5));
  return power * [1, 2, 2.5, 5, 10].find(step => step * power * 5 >= top * (1 - 1e-9));
}

// The buckets of all panels as a table of at most 100 rows, and all of them as CSV.
function timeDetails(name, panels) {
  const { times_s, end_s } = panels[0],
    step = Math.ceil(times_s.length / 100);
  const lines = panels.flatMap(panel => panel.lines.map(line => ({ ...line, panel })));
  const rows = [];
  for (let i = 0; i < times_s.length; i += step) rows.push(i);
  const slice = (values, i) => known(values.slice(i, i + step));
  const mean = list => (list.length ? list.reduce((a, b) => a + b, 0) / list.length : null);
  const value = (line, i) => {
    const part = slice(line.mean, i);
    const text = number(part.length ? mean(part) / line.panel.by : null);
    if (!line.min || !part.length) return text;
    return `${text} (${number(smallest(slice(line.min, i)) / line.panel.by)} to ${number(largest(slice(line.max, i)) / line.panel.by)})`;
  };
  const columns = [
    { title: 'from', text: i => stamp(times_s[i]), date: true },
    ...lines.map(line => ({ title: `${line.name}, ${line.panel.unit}`, text: i => value(line, i), num: true })),
  ];
  const all = () =>
    csv([
      [
        'from',
        ...lines.flatMap(line => (line.min ? ['mean', 'min', 'max'] : ['mean']).map(what => `${line.name} ${what} ${line.panel.unit}`)),
      ],
      ...times_s.map((t, i) => [
        stamp(t, true),
        ...lines.flatMap(line =>
          [line.mean, ...(line.min ? [line.min, line.max] : [])].map(values => (values[i] === null ? '' : values[i] / line.panel.by)),
        ),
      ]),
    ]);
  const length = duration(((end_s - times_s[0]) / times_s.length) * step);
  return details(`Table: mean (least to greatest) of each ${length}`, () => table(columns, rows), saveButton(name, all));
}
