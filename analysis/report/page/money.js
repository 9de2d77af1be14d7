// What the pages of money share: amounts, axes, bars by year, ratios with their caveats, who pays, what is set off upstream.

const money = x => {
  const size = Math.abs(x);
  if (size >= 1e12) return `${number(x / 1e12)}\u00a0tn`;
  if (size >= 1e9) return `${number(x / 1e9)}\u00a0bn`;
  if (size >= 1e6) return `${number(x / 1e6)}\u00a0M`;
  return number(Math.round(x));
};
const whole = x => number(Math.round(x));
const sum = list => list.reduce((all, x) => all + x, 0);
const groupColours = { it: 'c1', network: 'c5', power_path: 'c2', cooling: 'c3', building: 'c0', grid: 'c6', generation: 'c4', running: 'dark' };
const groupNames = { it: 'IT', network: 'network', power_path: 'power path', cooling: 'cooling', building: 'building', grid: 'grid', generation: 'generation', running: 'running' };

function headlineItem(label, value, unit, note, warn) {
  return element('div', warn ? { class: 'warn' } : {}, element('dt', {}, label), element('dd', { class: 'number' }, value, element('small', {}, unit)), element('dd', { class: 'note' }, note ?? ''));
}

// Caveats stand in the same cell as the ratio that they belong to.
const caveatsCell = list => element('ul', { class: 'caveats' }, ...list.map(text => element('li', {}, text)));

// `spreadOf`: name -> text of P10 to P90; a page without draws has none, and no column for them.
function ratioTable(ratios, caption, spreadOf) {
  const spreadHead = spreadOf && element('th', { class: 'num' }, 'P10 to P90');
  const spreadCell = r => spreadOf && element('td', { class: 'num' }, spreadOf(r.name));
  return element(
    'table',
    { class: 'ratios' },
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, element('th', {}, 'ratio'), element('th', { class: 'num' }, 'value'), spreadHead, element('th', {}, 'what it is, and what it is not'))),
    element('tbody', {}, ...ratios.map(r => element('tr', { 'data-ratio': r.name }, element('td', {}, r.name), element('td', { class: 'num' }, r.value.toFixed(3)), spreadCell(r), element('td', {}, r.meaning, element('span', { class: 'note beside' }, `${r.caveats.join('; ')}.`))))),
  );
}

const valueAxis = formatter => ({ type: 'value', axisLabel: { color: colour('muted'), formatter }, splitLine: { lineStyle: { color: colour('rule') } }, splitNumber: 4 });
const moneyAxis = () => valueAxis(money);
const names = (list, extra) => ({ type: 'category', data: list, axisLabel: { color: colour('muted'), hideOverlap: true, ...extra }, axisTick: { show: false }, axisLine: { lineStyle: { color: colour('rule') } } });

// Bars by year, one colour a series; `series`: {name, colour, values by year}, `write`: value -> text, of the axis and of the tooltip with the unit.
function yearly(describe, years, series, unit, write = money) {
  return chart(
    () => 320,
    describe,
    width => ({
      grid: { left: 72, right: 8, top: width < 640 && series.length > 3 ? 84 : 40, bottom: 32 },
      legend: { top: 0, textStyle: { color: colour('ink') } },
      tooltip: tooltip({ trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: value => `${write(value)} ${unit}` }),
      xAxis: names(years),
      yAxis: valueAxis(write),
      series: series.map(one => ({ name: one.name, type: 'bar', stack: 'all', data: one.values, itemStyle: { color: colour(one.colour) } })),
    }),
  );
}

// Bars side by side with their names at the left; `series` as above, values by name.
function listed(describe, labels, series, unit, write = money) {
  return chart(
    () => (series.length > 1 ? 66 : 32) + 24 * labels.length,
    describe,
    width => ({
      grid: { left: width < 640 ? 128 : 260, right: 24, top: series.length > 1 ? 36 : 4, bottom: 28 },
      legend: { show: series.length > 1, top: 0, textStyle: { color: colour('ink') } },
      tooltip: tooltip({ trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: value => `${write(value)} ${unit}` }),
      xAxis: valueAxis(write),
      yAxis: { ...names(labels), inverse: true, axisLabel: { color: colour('ink'), width: width < 640 ? 118 : 240, overflow: 'truncate' } },
      series: series.map(one => ({ name: one.name, type: 'bar', stack: 'all', data: one.values, itemStyle: { color: colour(one.colour) } })),
    }),
  );
}

const wideTable = (...what) => element('div', { class: 'scroll', tabindex: '0' }, table(...what));

// What leaves each payer's own purse by year, as a chart, and all that is known of it below.
function payersByYear(payers, unit) {
  const years = [...new Set(payers.flatMap(p => p.years.map(y => y.year)))].sort();
  const paints = ['c1', 'c2', 'c3', 'c4'];
  const series = payers.map((p, i) => ({ name: p.payer, colour: paints[i], values: years.map(year => sum(p.years.filter(y => y.year === year).map(y => y.own + y.running + y.debt_service))) }));
  const rows = payers.flatMap(p => p.years.map(y => ({ payer: p.payer, ...y })));
  const columns = [
    { title: 'payer', text: r => r.payer },
    { title: 'year', text: r => String(r.year) },
    ...[['purchases', 'purchases'], ['running', 'running'], ['own', 'own money'], ['bank', 'banks lend'], ['capital_market', 'capital market lends'], ['debt_service', 'debt service']].map(([key, title]) => ({ title, text: r => whole(r[key]), num: true })),
  ];
  return [yearly('What each payer pays by year', years, series, unit), details('The numbers', () => table(columns, rows))];
}

// `of`: what the sectors, ratios and suppliers are of, in words: 'the first fit'.
function knockOn(k, caption, of, spreadOf) {
  const kindNames = { first: of, refresh: 'bought again', running: 'running' };
  const rows = Object.entries(k.kinds).map(([kind, e]) => ({ kind: kindNames[kind] ?? kind, ...e }));
  const columns = [{ title: '', text: r => r.kind }, ...[['demand', 'bought'], ['imported_at_once', 'imported at once'], ['output_home', 'output at home'], ['value_added_home', 'value added'], ['labour_income_home', 'wages'], ['imported_inputs', 'imported inputs'], ...(rows.some(r => r.years_of_work) ? [['years_of_work', 'years of work']] : [])].map(([key, title]) => ({ title, text: r => whole(r[key]), num: true }))];
  const sectors = k.sectors_first_fit.slice(0, 15);
  const suppliers = [{ title: 'imported purchases made at home', text: r => percent(r.substitution) }, { title: 'home suppliers', text: r => percent(r.home_suppliers_share), num: true }, { title: 'foreign suppliers', text: r => percent(r.foreign_suppliers_share), num: true }, ...[['output_home', 'output at home'], ['value_added_home', 'value added'], ['imports', 'imports']].map(([key, title]) => ({ title, text: r => whole(r[key]), num: true }))];
  section(
    'knock-on',
    'What it sets off upstream',
    element('p', { class: 'caption' }, `${k.table}; amounts in ${k.currency} of ${k.table_year}. ${caption}`),
    wideTable(columns, rows),
    element('p', { class: 'caption' }, `The sectors of the economy with most output at home, of ${of}:`),
    listed('Output at home by sector', sectors.map(s => s.name), [{ name: 'output at home', colour: 'c3', values: sectors.map(s => s.output_home) }], k.currency),
    ratioTable(k.ratios, `Named ratios of the table, of ${of}`, spreadOf),
    wideTable(suppliers, k.suppliers_first_fit, `Who supplies ${of}`),
    absent(k.warnings) ? undefined : details('Warnings of the table', () => table([{ title: 'cell', text: text => text }], k.warnings)),
  );
}

// Once everything is in its place: draws all, and again when the width or the colours change.
function drawAndKeepDrawn() {
  drawAll();
  let width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth !== width) drawAll();
    width = innerWidth;
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawAll());
}
