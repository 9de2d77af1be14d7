// Draws the report from the JSON in #data. README.md beside this file says what is in it.
'use strict';

const data = JSON.parse(document.getElementById('data').textContent);
const report = document.getElementById('report');

// ---- numbers and times

const groups = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 15 });
const minus = text => text.replace('-', '\u2212');

// Three or so significant digits: 1,234  56.7  8.90
function number(x) {
  if (x === null || x === undefined) return '';
  const size = Math.abs(x);
  const digits = size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return minus(groups.format(Number(x.toFixed(digits))));
}

const percent = share => minus(`${(100 * share).toFixed(1)}\u00a0%`);

// The unit that suits the largest of some values: {unit, by}, to divide by.
const powerUnit = top => top >= 20000 ? { unit: 'MW', by: 1000 } : { unit: 'kW', by: 1 };
const energyUnit = top => top >= 2e7 ? { unit: 'GWh', by: 1e6 } : top >= 2e4 ? { unit: 'MWh', by: 1000 } : { unit: 'kWh', by: 1 };

function duration(s) {
  if (s < 60) return `${number(s)}\u00a0s`;
  if (s < 5400) return `${number(Math.round(s / 6) / 10)}\u00a0min`;
  if (s < 172800) return `${number(Math.round(s / 360) / 10)}\u00a0h`;
  return `${number(Math.round(s / 8640) / 10)}\u00a0d`;
}

// The clock of the page: seconds since start -> milliseconds whose UTC fields read as the site's wall clock at `start`.
const offset = /([+-]\d\d:\d\d)$/.exec(data.start)?.[1] ?? '+00:00';
const offsetMs = Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))) * 60000;
const clock = t_s => Date.parse(data.start) + offsetMs + t_s * 1000;
const stamp = (t_s, seconds = false) => new Date(clock(t_s)).toISOString().slice(0, seconds ? 19 : 16).replace('T', ' ');
const clockNote = `Times are at UTC${minus(offset)}${data.zone ? `, the offset of ${data.zone} at the start` : ''}.`;

// ---- elements

const absent = list => !list || list.length === 0;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter(child => child !== undefined && child !== null));
  return made;
}

function section(id, title, ...children) {
  report.append(element('section', { id }, element('h2', {}, title), ...children));
  document.querySelector('nav').append(element('a', { href: `#${id}` }, title));
}

// `columns`: list of {title, text: row -> text, num?, date?}
function table(columns, rows, caption) {
  const cell = (tag, column, text) => element(tag, column.num ? { class: 'num' } : column.date ? { class: 'date' } : {}, text);
  return element('table', {}, caption && element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...columns.map(c => cell('th', c, c.title)))),
    element('tbody', {}, ...rows.map(row => element('tr', {}, ...columns.map(c => cell('td', c, c.text(row)))))));
}

// A closed table below a figure, built when it is first opened. `extra` is put under it.
function details(label, makeTable, extra) {
  const made = element('details', {}, element('summary', {}, label));
  made.addEventListener('toggle', () => made.append(element('div', { class: 'scroll', tabindex: '0' }, makeTable()), extra ?? ''), { once: true });
  return made;
}

function saveButton(name, makeText) {
  const button = element('button', { type: 'button' }, `Save ${name}.csv`);
  button.addEventListener('click', () => {
    const url = URL.createObjectURL(new Blob([makeText()], { type: 'text/csv' }));
    element('a', { href: url, download: `${name}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  });
  return button;
}

const csvField = value => /[",\n]/.test(value ?? '') ? `"${String(value).replaceAll('"', '""')}"` : value ?? '';
const csv = rows => rows.map(row => row.map(csvField).join(',')).join('\n') + '\n';

// ---- charts

const charts = [];   // {box, option, height, chart}; functions of the width, so that a chart can be drawn again
const printing = () => document.documentElement.classList.contains('printing');
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const font = () => getComputedStyle(document.body).fontFamily;

// `height`: width -> pixels; `describe` is what a screen reader says instead of the picture.
function chart(height, describe, option, className = 'chart') {
  const box = element('div', { class: className, role: 'img', 'aria-label': describe });
  charts.push({ box, option, height });
  return box;
}

function draw(entry, width = entry.box.clientWidth) {
  const zoom = entry.chart?.getOption()?.dataZoom?.[0];
  entry.chart?.dispose();
  entry.box.style.height = `${entry.height(width)}px`;
  entry.chart = echarts.init(entry.box, null, { renderer: 'svg', width });
  try {
    entry.chart.setOption({ animation: false, textStyle: { fontFamily: font(), color: colour('ink') }, ...entry.option(width) });
  } catch (error) {
    console.error(error);
    entry.chart.dispose();
    entry.chart = undefined;
    entry.box.replaceChildren('This chart could not be drawn; its numbers are in the table below.');
    entry.box.style.height = 'auto';
    return;
  }
  entry.chart.on('datazoom', () => followZoom(entry.chart));
  if (zoom) zoomTo(entry.chart, zoom);
}

const drawAll = width => charts.forEach(entry => draw(entry, width));

// One zoom for all charts over time. They share one span, so that per cents mean the same in each.
const zoomTo = (chart, { start, end }) => chart.dispatchAction({ type: 'dataZoom', start, end });
let following = false;
function followZoom(leader) {
  if (following) return;
  following = true;
  const zoom = leader.getOption().dataZoom[0];
  for (const { chart, box } of charts) {
    if (!chart?.getOption().dataZoom?.length) continue;
    if (chart !== leader) zoomTo(chart, zoom);
    const at = part => clock(span.min) + (clock(span.max) - clock(span.min)) * part / 100;
    chart.setOption({ xAxis: timeTicks(at(zoom.start), at(zoom.end), box.clientWidth) });
  }
  following = false;
}

function tooltip(extra) {
  return { confine: true, backgroundColor: colour('page'), borderColor: colour('rule'), padding: [8, 12], textStyle: { color: colour('ink'), fontSize: 13, fontFamily: font() }, ...extra };
}

function escapeHtml(text) {
  return String(text).replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
}

// ---- time charts

// All charts over time span the same dates, whether or not a section covers them.
const timed = [data.power, data.jobs].filter(part => !absent(part?.times_s));
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
  const muted = colour('muted'), names = legendHeight(panel, width), slider = panel.slider && !printing();
  const pick = lineColours.map(colour);
  return {
    useUTC: true,
    grid: { left: 54, right: 18, top: names + (panel.slider && marks.length ? 22 : 10), bottom: slider ? 62 : 26 },
    legend: { show: names > 0, top: 0, left: 46, right: 0, itemWidth: 30, itemHeight: 10, itemGap: 18, itemStyle: { opacity: 0 }, textStyle: { color: colour('ink'), fontSize: 13 } },
    tooltip: tooltip({ trigger: 'axis', axisPointer: { lineStyle: { color: muted, type: 'solid' } }, formatter: points => timeTooltip(panel, points) }),
    xAxis: { type: 'time', min: clock(span.min), max: clock(span.max), axisLine: { lineStyle: { color: muted } }, splitLine: { show: false }, ...timeTicks(clock(span.min), clock(span.max), width) },
    yAxis: { type: 'value', min: panel.bottom, max: panel.top, interval: panel.tick, axisLabel: { color: muted, fontSize: 12, formatter: value => number(value) }, splitLine: { lineStyle: { color: colour('rule') } } },
    dataZoom: [{ type: 'inside', filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false }, ...(slider ? [sliderOption()] : [])],
    series: panel.lines.flatMap((line, i) => lineSeries(panel, line, pick[i % pick.length], dashes[i % dashes.length], i === 0)),
  };
}

// Ticks at round dates. ECharts' own mix levels (29, Nov, 5, 8), and come out uneven.
function timeTicks(from, to, width) {
  const customValues = roundDates(from, to, Math.max(3, Math.floor(width / 80)));
  const muted = colour('muted');
  return { axisTick: { customValues, lineStyle: { color: muted } }, axisLabel: { customValues, color: muted, fontSize: 12, hideOverlap: true, formatter: dateLabel } };
}

const second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
const tickSteps = [...[1, 5, 15, 30].map(n => n * second), ...[1, 2, 5, 10, 15, 30].map(n => n * minute), ...[1, 2, 3, 6, 12].map(n => n * hour), ...[1, 2, 7, 14].map(n => n * day)];
const monday = 4 * day;   // 5 January 1970

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
  const date = new Date(at), iso = date.toISOString();
  if (at % minute) return iso.slice(11, 19);
  if (at % day) return iso.slice(11, 16);
  return `${date.getUTCDate()} ${monthNames[date.getUTCMonth()]}${at === Date.UTC(date.getUTCFullYear(), 0) ? ` ${date.getUTCFullYear()}` : ''}`;
}

function sliderOption() {
  return { type: 'slider', filterMode: 'none', height: 16, bottom: 6, brushSelect: false, showDataShadow: false, showDetail: false, borderColor: colour('rule'), backgroundColor: 'transparent',
           fillerColor: colour('c0') + '40', handleStyle: { color: colour('page'), borderColor: colour('muted') }, moveHandleSize: 0 };
}

// The mean as a step line; from min to max a band, made of an unseen line and an area stacked on it.
function lineSeries(panel, line, color, dash, first) {
  const at = values => [...panel.times_s.map((t, i) => [clock(t), values[i]]), [clock(panel.end_s), values.at(-1)]];
  const scale = values => values.map(x => x === null ? null : x / panel.by);
  const common = { type: 'line', name: line.name, step: 'end', symbol: 'none', color, emphasis: { disabled: true } };
  const mean = { ...common, data: at(scale(line.mean)), z: 3, lineStyle: { color, width: 1.5, type: dash }, markLine: markLine(panel, first) };
  if (!line.min) return [mean];
  const min = scale(line.min), max = scale(line.max);
  const band = { ...common, stack: line.name, stackStrategy: 'all', z: 1, tooltip: { show: false }, lineStyle: { width: 0, opacity: 0 } };
  return [mean, { ...band, data: at(min) },
    { ...band, data: at(max.map((x, i) => x === null ? null : x - min[i])), areaStyle: { color, opacity: 0.18 } }];
}

// Limits across, marked events upright; drawn once a panel.
function markLine(panel, first) {
  if (!first) return undefined;
  const muted = colour('muted'), text = { color: muted, fontSize: 12 };
  const across = panel.limits.map(limit => ({ yAxis: limit.kw / panel.by, lineStyle: { type: 'dashed', color: colour('ink'), width: 1 },
    label: { ...text, position: 'insideEndTop', formatter: `${limit.name} ${number(limit.kw / panel.by)} ${panel.unit}` } }));
  const upright = marks.map(event => ({ xAxis: clock(event.t_s), lineStyle: { type: 'solid', color: muted, width: 1 },
    label: { ...text, show: panel.slider === true, position: 'insideEndTop', rotate: 0, formatter: `${event.element} ${event.to}` } }));
  return { silent: true, symbol: 'none', data: [...across, ...upright] };
}

function timeTooltip(panel, points) {
  const time = points[0].axisValue;
  const i = panel.times_s.findLastIndex(t => clock(t) <= time);
  if (i < 0) return '';
  const end = panel.times_s[i + 1] ?? panel.end_s;
  const means = points.filter((point, k) => points.findIndex(other => other.seriesName === point.seriesName) === k);
  const rows = panel.lines.filter(line => means.some(point => point.seriesName === line.name)).map(line => {
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
  const mean = known(line.mean), show = x => `${number(x / panel.by)} ${panel.unit}`;
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
  return element('div', { class: 'panel' }, element('h3', {}, panel.title, element('span', { class: 'muted', style: 'font-weight:400' }, `, ${panel.unit}${far}`)),
    chart(width => height + legendHeight(panel, width) + (panel.slider ? 48 : 0), describe, width => timeOption(panel, width)));
}

// 1, 2, 2.5 or 5 times a power of ten, so that at most five reach across `top`.
function niceTick(top) {
  if (!(top > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(top / 5));
  return power * [1, 2, 2.5, 5, 10].find(step => step * power * 5 >= top * (1 - 1e-9));
}

// The buckets of all panels as a table of at most 100 rows, and all of them as CSV.
function timeDetails(name, panels) {
  const { times_s, end_s } = panels[0], step = Math.ceil(times_s.length / 100);
  const lines = panels.flatMap(panel => panel.lines.map(line => ({ ...line, panel })));
  const rows = [];
  for (let i = 0; i < times_s.length; i += step) rows.push(i);
  const slice = (values, i) => known(values.slice(i, i + step));
  const mean = list => list.length ? list.reduce((a, b) => a + b, 0) / list.length : null;
  const value = (line, i) => {
    const part = slice(line.mean, i);
    const text = number(part.length ? mean(part) / line.panel.by : null);
    if (!line.min || !part.length) return text;
    return `${text} (${number(smallest(slice(line.min, i)) / line.panel.by)} to ${number(largest(slice(line.max, i)) / line.panel.by)})`;
  };
  const columns = [{ title: 'from', text: i => stamp(times_s[i]), date: true }, ...lines.map(line => ({ title: `${line.name}, ${line.panel.unit}`, text: i => value(line, i), num: true }))];
  const all = () => csv([
    ['from', ...lines.flatMap(line => (line.min ? ['mean', 'min', 'max'] : ['mean']).map(what => `${line.name} ${what} ${line.panel.unit}`))],
    ...times_s.map((t, i) => [stamp(t, true), ...lines.flatMap(line => [line.mean, ...(line.min ? [line.min, line.max] : [])].map(values => values[i] === null ? '' : values[i] / line.panel.by))]),
  ]);
  const length = duration((end_s - times_s[0]) / times_s.length * step);
  return details(`Table: mean (least to greatest) of each ${length}`, () => table(columns, rows), saveButton(name, all));
}

// ---- sections

function drawTop() {
  document.title = data.title;
  report.append(element('header', {},
    element('p', { class: 'scenario' }, data.scenario), element('h1', {}, data.title),
    element('p', { class: 'facts' }, ...(data.facts ?? []).map(fact => element('span', {}, fact))),
    element('nav', { 'aria-label': 'Sections' })));
  if (!absent(data.headline)) report.append(element('dl', { class: 'headline' }, ...data.headline.map(headlineNumber)));
  if (!absent(data.caveats)) report.append(element('ul', { class: 'caveats' }, ...data.caveats.map(text => element('li', {}, text))));
  if (!absent(data.summary)) report.append(element('div', { class: 'summary' }, ...data.summary.filter(group => !absent(group.rows)).map(summaryTable)));
}

function headlineNumber({ label, value, unit, note, warn }) {
  return element('div', warn ? { class: 'warn' } : {}, element('dt', {}, label),
    element('dd', { class: 'number' }, minus(value), unit && element('small', {}, unit)), note && element('dd', { class: 'note' }, note));
}

function summaryTable({ title, rows }) {
  return element('table', {}, element('caption', {}, title), element('tbody', {}, ...rows.map(({ label, value, note }) =>
    element('tr', {}, element('th', { scope: 'row' }, label, note && element('span', { class: 'note' }, note)), element('td', { class: 'num' }, minus(value))))));
}

const siteKinds = ['facility', 'it', 'cooling', 'overhead'];
const kindNames = { utility: 'Utility', generator: 'Generators', transformer: 'Transformers', ups: 'UPS', battery: 'Batteries', switchgear: 'Switchgear', pdu: 'PDUs', row: 'Rows', rack: 'Racks', it: 'IT', cooling: 'Cooling', overhead: 'Overhead', facility: 'Facility' };
const kindName = kind => kindNames[kind] ?? kind[0].toUpperCase() + kind.slice(1);

function drawPower({ times_s, end_s, series, note = '' }) {
  const panelOf = kind => siteKinds.includes(kind) ? 'Site' : kindName(kind);
  const titles = [...new Set(series.map(line => panelOf(line.kind)))].sort((a, b) => (b === 'Site') - (a === 'Site'));
  const panels = titles.map(title => {
    const members = series.filter(line => panelOf(line.kind) === title);
    const lines = members.map(line => ({ name: line.name, mean: line.mean_kw, min: line.min_kw, max: line.max_kw, limit: line.limit_kw }));
    const size = largest(lines.flatMap(line => known([...line.mean, ...(line.min ?? []), ...(line.max ?? [])])).map(Math.abs));
    return { title, ...powerUnit(size), size, times_s, end_s, lines };
  }).filter(panel => panel.size > 0);
  if (panels.length === 0) return;
  panels[0].slider = true;
  const bands = series.some(line => line.min_kw) ? ', bands reach from the least to the greatest instant' : '';
  section('power', 'Power over time', element('figure', {},
    element('figcaption', {}, `Lines are means of ${duration((end_s - times_s[0]) / times_s.length)}${bands}. ${clockNote} ${note}`),
    ...panels.map((panel, i) => timePanel(panel, i === 0 ? 260 : 150)), timeDetails('power', panels)));
}

const flowColours = { utility: 'c0', generator: 'c6', battery: 'c6', it: 'c1', cooling: 'c3', overhead: 'c4', loss: 'c2' };

function drawEnergy({ nodes, links, note = '' }) {
  const flows = links.filter(link => link.kwh > 0);
  if (flows.length === 0) return;
  const sum = (end, name) => flows.filter(link => link[end] === name).reduce((total, link) => total + link.kwh, 0);
  const used = nodes.map(node => ({ ...node, kwh: Math.max(sum('from', node.name), sum('to', node.name)) })).filter(node => node.kwh > 0);
  const unit = energyUnit(largest(used.map(node => node.kwh)));
  const energy = kwh => `${number(kwh / unit.by)}\u00a0${unit.unit}`;
  const sources = used.filter(node => sum('to', node.name) === 0);
  const total = sources.reduce((all, node) => all + node.kwh, 0) || largest(used.map(node => node.kwh));
  const ends = used.filter(node => sum('from', node.name) === 0).sort((a, b) => b.kwh - a.kwh);
  const describe = `Flow chart of ${energy(total)} from ${sources.map(node => node.name).join(' and ')}. It ends in ${ends.map(node => `${node.name} ${energy(node.kwh)}`).join(', ')}.`;
  const columns = [{ title: 'from', text: link => link.from }, { title: 'to', text: link => link.to }, { title: unit.unit, text: link => number(link.kwh / unit.by), num: true },
    { title: 'of what came in', text: link => percent(link.kwh / total), num: true }];
  section('energy', 'Where the energy went', element('figure', {},
    element('figcaption', {}, `From left to right, width is energy: ${energy(total)} came in. Losses are orange, cooling is green, IT is blue. ${note}`),
    element('p', { class: 'note sideways' }, 'Wider than this screen: move it sideways.'),
    element('div', { class: 'scroll' }, chart(() => Math.max(300, 34 * Math.max(ends.length, 6) + 60), describe, width => flowOption(used, flows, energy, total, width), 'chart flow')),
    details('Table: every flow', () => table(columns, flows), saveButton('energy', () => csv([['from', 'to', 'kwh'], ...flows.map(link => [link.from, link.to, link.kwh])])))));
}

function flowOption(nodes, links, energy, total, width) {
  const kinds = new Map(nodes.map(node => [node.name, node.kind]));
  const paint = name => colour(flowColours[kinds.get(name)] ?? 'c0');
  const wide = width > 1000;
  const ends = name => !links.some(link => link.from === name);
  return {
    tooltip: tooltip({ formatter: ({ dataType, data }) => escapeHtml(dataType === 'edge' ? `${data.source} to ${data.target}: ` : `${data.name}: `) + `<b>${energy(data.kwh)}</b>, ${percent(data.kwh / total)}` }),
    series: [{
      type: 'sankey', left: 2, right: 210, top: 10, bottom: 10, nodeWidth: 10, nodeGap: 20, draggable: false, layoutIterations: 64, emphasis: { focus: 'adjacency' },
      label: { color: colour('ink'), fontSize: 12.5, lineHeight: 16, formatter: ({ data }) => `${data.name}${wide || ends(data.name) ? '  ' : '\n'}${energy(data.kwh)}` },
      data: nodes.map(node => ({ name: node.name, kwh: node.kwh, itemStyle: { color: paint(node.name), borderWidth: 0 } })),
      links: links.map(link => ({ source: link.from, target: link.to, value: link.kwh, kwh: link.kwh, lineStyle: { color: paint(ends(link.to) ? link.to : link.from), opacity: 0.35, curveness: 0.5 } })),
    }],
  };
}

function drawFeeds({ nodes, note = '' }) {
  const most = 40;
  const shown = nodes.length <= most ? nodes : [...nodes].sort((a, b) => b.used_share - a.used_share).slice(0, most);
  const scale = Math.max(1, ...shown.flatMap(node => [node.used_share, node.failover_share ?? 0]));
  const kept = nodes.length > most ? ` The ${most} fullest of ${nodes.length} are drawn.` : '';
  let kind;
  const rows = shown.flatMap(node => {
    const heading = shown === nodes && node.kind !== kind ? [element('div', { class: 'kind' }, kindName(kind = node.kind))] : [];
    return [...heading, feedRow(node, scale)];
  });
  section('feeds', 'Load against rating', element('figure', {},
    element('figcaption', {}, `Peak of the run as a share of the limit that binds first.${kept} ${note}`),
    feedKey(shown, scale), element('div', { class: 'feeds' }, ...rows), feedDetails(nodes)));
}

function feedKey(nodes, scale) {
  const item = (text, ...parts) => element('span', {}, element('i', {}, ...parts), text);
  const some = test => nodes.some(test);
  return element('div', { class: 'key', 'aria-hidden': 'true' }, item('peak', element('span', { class: 'bar' })),
    some(node => node.used_share > 1) ? element('span', { class: 'over' }, item('peak over the limit', element('span', { class: 'bar' }))) : '',
    some(node => node.failover_share) ? item('peak if the partner were lost', element('span', { class: 'mark' })) : '',
    some(node => node.failover_share > 1) ? element('span', { class: 'over-mark' }, item('the same, over the limit', element('span', { class: 'mark' }))) : '',
    scale > 1 ? item('limit', element('span', { class: 'limit' })) : '');
}

function feedRow(node, scale) {
  const at = share => `${(100 * share / scale).toFixed(2)}%`;
  const track = element('div', { class: 'track' }, element('span', { class: 'bar', style: `width:${at(node.used_share)}` }),
    scale > 1 && element('span', { class: 'limit', style: `left:${at(1)}` }) || '',
    node.failover_share ? element('span', { class: 'mark', style: `left:${at(node.failover_share)}` }) : '');
  const rating = node.rated_kw ? `${number(node.peak_kw)} of ${number(node.rated_kw)}\u00a0kW` : `${number(node.peak_kw)}\u00a0kW`;
  const over = node.used_share > 1 ? ' over' : '', overMark = node.failover_share > 1 ? ' over-mark' : '';
  return element('div', { class: `feed${over}${overMark}` }, element('span', { class: 'name' }, node.name), track,
    element('span', { class: 'num share' }, percent(node.used_share)), element('span', { class: 'num' }, rating),
    element('span', { class: 'note' }, `limit: ${node.smallest_limit}`));
}

function feedDetails(nodes) {
  const amount = (title, key, show = number) => ({ title, key, text: node => node[key] === undefined ? '' : show(node[key]), num: true });
  const columns = [{ title: 'name', key: 'name', text: node => node.name }, { title: 'kind', key: 'kind', text: node => node.kind },
    amount('peak, kW', 'peak_kw'), amount('rated, kW', 'rated_kw'), amount('used', 'used_share', percent), amount('if partner lost', 'failover_share', percent),
    amount('headroom, kW', 'headroom_kw'), amount('kVA', 'headroom_kva'), amount('A', 'headroom_a'),
    { title: 'smallest limit', key: 'smallest_limit', text: node => node.smallest_limit }, amount('stranded, kW', 'stranded_kw'), amount('peak at', 'peak_at_s', stamp)]
    .filter(column => nodes.some(node => node[column.key] !== undefined));
  return details('Table: peak, rating and headroom of every node', () => table(columns, nodes),
    saveButton('feeds', () => csv([columns.map(column => column.key), ...nodes.map(node => columns.map(column => node[column.key]))])));
}

function drawJobs({ times_s, end_s, waiting, running, busy_share, note = '' }) {
  const panel = (title, unit, by, line, extra = {}) => line && { title, unit, by, times_s, end_s, lines: [{ name: title, ...line }], ...extra };
  const panels = [panel('Waiting', 'jobs', 1, waiting), panel('Running', 'jobs', 1, running), panel('Busy', '%', 0.01, busy_share, { full: 1 })].filter(Boolean);
  if (panels.length === 0) return;
  panels[0].slider = true;
  section('jobs', 'Jobs', element('figure', {},
    element('figcaption', {}, `Waiting and running jobs, and the busy part of the processors. ${clockNote} ${note}`),
    ...panels.map(each => timePanel(each, 130)), timeDetails('jobs', panels)));
}

function drawWaits({ bins, quantiles, note = '' }) {
  const total = (bins ?? []).reduce((sum, bin) => sum + bin.jobs, 0);
  if (!total) return;
  const describe = `Bar chart of waits. ${bins.map(bin => `${bin.label}: ${number(bin.jobs)} jobs`).join(', ')}.`;
  const name = share => share === 0.5 ? 'half of the jobs' : share >= 1 ? 'the longest' : `${number(share * 100)} % of jobs`;
  const side = absent(quantiles) ? '' : table([{ title: 'of all jobs', text: row => name(row.share) }, { title: 'waited at most', text: row => row.wait_s > 0 ? duration(row.wait_s) : 'none', num: true }], quantiles);
  const columns = [{ title: 'wait', text: bin => bin.label }, { title: 'jobs', text: bin => number(bin.jobs), num: true }, { title: 'share', text: bin => percent(bin.jobs / total), num: true }];
  section('waits', 'Waits', element('figure', {},
    element('figcaption', {}, `How long ${number(total)} jobs waited before they started, in per cent of them. ${note}`),
    element('div', { class: 'pair' }, chart(() => 250, describe, width => waitOption(bins, total, width)), side),
    details('Table: jobs by wait', () => table(columns, bins), saveButton('waits', () => csv([['wait', 'jobs'], ...bins.map(bin => [bin.label, bin.jobs])])))));
}

function waitOption(bins, total, width) {
  const muted = colour('muted');
  const share = part => width > 600 ? percent(part) : part > 0 && part < 0.005 ? '<1' : Math.round(100 * part);
  return {
    grid: { left: 4, right: 4, top: 24, bottom: width < 600 ? 70 : 28 },
    tooltip: tooltip({ formatter: ({ name, value }) => `${escapeHtml(name)}: <b>${number(value)}</b> jobs, ${percent(value / total)}` }),
    xAxis: { type: 'category', data: bins.map(bin => bin.label), axisTick: { show: false }, axisLine: { lineStyle: { color: muted } }, axisLabel: { color: muted, fontSize: 12, interval: 0, rotate: width < 600 ? 60 : 0 } },
    yAxis: { type: 'value', show: false },
    series: [{ type: 'bar', barCategoryGap: '18%', color: colour('c1'), data: bins.map(bin => bin.jobs), label: { show: true, position: 'top', color: colour('ink'), fontSize: 12, formatter: ({ value }) => share(value / total) } }],
  };
}

function drawEvents({ rows, total }) {
  const columns = [{ title: 'time', text: event => stamp(event.t_s, true), date: true }, { title: 'element', text: event => event.element }, { title: 'from', text: event => event.from },
    { title: 'to', text: event => event.to }, { title: 'cause', text: event => event.cause ?? '' }];
  const few = rows.length <= 20, count = total > rows.length ? `${number(rows.length)} of ${number(total)} changes of state.` : `${number(rows.length)} changes of state.`;
  section('events', 'Events', element('p', { class: 'caption' }, `${count} ${clockNote}`),
    few ? element('div', { class: 'scroll' }, table(columns, rows)) : details('Table: every change', () => table(columns, rows),
      saveButton('events', () => csv([['time', 'element', 'from', 'to', 'cause'], ...rows.map(event => [stamp(event.t_s, true), event.element, event.from, event.to, event.cause])]))));
}

function drawInputs(inputs) {
  const columns = [{ title: 'name', text: input => input.name }, { title: 'note', text: input => input.note ?? '' }, { title: 'sha256', text: input => element('span', { class: 'hash' }, input.sha256) }];
  section('inputs', 'Inputs', table(columns.filter(column => column.title !== 'note' || inputs.some(input => input.note)), inputs));
}

function drawReport() {
  drawTop();
  if (!absent(data.power?.series)) drawPower(data.power);
  if (!absent(data.energy?.links)) drawEnergy(data.energy);
  if (!absent(data.feeds?.nodes)) drawFeeds(data.feeds);
  if (!absent(data.jobs?.times_s)) drawJobs(data.jobs);
  if (!absent(data.waits?.bins)) drawWaits(data.waits);
  if (!absent(data.events?.rows)) drawEvents(data.events);
  if (!absent(data.inputs)) drawInputs(data.inputs);
  if (!absent(data.notes)) section('notes', 'Notes', element('ul', { class: 'notes' }, ...data.notes.map(text => element('li', {}, text))));
  report.append(element('footer', {}, `${data.program ? `${data.program}. ` : ''}Charts by Apache ECharts, \u00a9 2017\u20132026 The Apache Software Foundation, Apache-2.0; its licences are in the source of this page.`));
}

// ---- start, and draw again when the width or the colours change

if (data.version === 1) {
  drawReport();
  drawAll();
} else {
  report.append(element('p', { class: 'message' }, `This page reads data of version 1, not ${data.version}.`));
}

const paperWidth = 680;   // pixels across a printed A4 or letter page, inside its margins
let drawnWidth = window.innerWidth;
addEventListener('resize', () => { if (!printing() && window.innerWidth !== drawnWidth) { drawnWidth = window.innerWidth; drawAll(); } });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawAll());
addEventListener('beforeprint', () => { document.documentElement.classList.add('printing'); drawAll(paperWidth); });
addEventListener('afterprint', () => { document.documentElement.classList.remove('printing'); drawAll(); });
