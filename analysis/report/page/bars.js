// A page of bar charts, each with its table: {title, above, facts, charts: [{title, caption, of, labels, values}]}.

report.append(
  element('p', { class: 'scenario' }, data.above),
  element('h1', {}, data.title),
  element('p', { class: 'facts' }, ...data.facts.map(fact => element('span', {}, fact))),
  element('nav'),
);

const bars = ({ title, of, labels, values }) =>
  chart(
    () => 280,
    `${title}: ${of}`,
    width => ({
      grid: { left: 64, right: 8, top: 16, bottom: 32 },
      tooltip: tooltip({ trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: value => `${number(value)} ${of}` }),
      xAxis: { type: 'category', data: labels, axisLabel: { color: colour('muted'), hideOverlap: true }, axisTick: { show: false }, axisLine: { lineStyle: { color: colour('rule') } } },
      yAxis: { type: 'value', minInterval: 1, axisLabel: { color: colour('muted') }, splitLine: { lineStyle: { color: colour('rule') } }, splitNumber: 4 },
      series: [{ type: 'bar', data: values, itemStyle: { color: colour('c1') }, barCategoryGap: values.length > width / 8 ? 0 : '20%' }],
    }),
  );

data.charts.forEach((one, i) => {
  const rows = one.labels.map((label, at) => ({ label, value: one.values[at] }));
  const columns = [
    { title: '', text: row => row.label },
    { title: one.of, text: row => number(row.value), num: true },
  ];
  section(`chart-${i}`, one.title, element('p', { class: 'caption' }, one.caption), bars(one), details('The numbers', () => table(columns, rows)));
});

drawAll();
let width = innerWidth;
addEventListener('resize', () => {
  if (innerWidth !== width) drawAll();
  width = innerWidth;
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawAll());
