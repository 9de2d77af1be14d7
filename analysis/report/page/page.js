// The sections of the report, top to bottom. README.md beside this file says what the data holds.

function drawTop() {
  document.title = data.title;
  report.append(
    element(
      'header',
      {},
      element('p', { class: 'scenario' }, data.scenario),
      element('h1', {}, data.title),
      element('p', { class: 'facts' }, ...(data.facts ?? []).map(fact => element('span', {}, fact))),
      element('nav', { 'aria-label': 'Sections' }),
    ),
  );
  if (!absent(data.headline)) report.append(element('dl', { class: 'headline' }, ...data.headline.map(headlineNumber)));
  if (!absent(data.caveats)) report.append(element('ul', { class: 'caveats' }, ...data.caveats.map(text => element('li', {}, text))));
  if (!absent(data.summary))
    report.append(element('div', { class: 'summary' }, ...data.summary.filter(group => !absent(group.rows)).map(summaryTable)));
}

function headlineNumber({ label, value, unit, note, warn }) {
  return element(
    'div',
    warn ? { class: 'warn' } : {},
    element('dt', {}, label),
    element('dd', { class: 'number' }, minus(value), unit && element('small', {}, unit)),
    note && element('dd', { class: 'note' }, note),
  );
}

function summaryTable({ title, rows }) {
  return element(
    'table',
    {},
    element('caption', {}, title),
    element(
      'tbody',
      {},
      ...rows.map(({ label, value, note }) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, label, note && element('span', { class: 'note' }, note)),
          element('td', { class: 'num' }, minus(value)),
        ),
      ),
    ),
  );
}

const siteKinds = ['facility', 'it', 'cooling', 'overhead'];
const kindNames = {
  utility: 'Utility',
  generator: 'Generators',
  transformer: 'Transformers',
  switchboard: 'Switchboards',
  ups: 'UPS',
  battery: 'Batteries',
  switchgear: 'Switchgear',
  'transfer-switch': 'Transfer switches',
  busway: 'Busways',
  panel: 'Panels',
  pdu: 'PDUs',
  converter: 'Converters',
  row: 'Rows',
  rack: 'Rack feeds',
  enclosure: 'Enclosures',
  it: 'IT',
  cooling: 'Cooling',
  overhead: 'Overhead',
  facility: 'Facility',
};
const kindName = kind => kindNames[kind] ?? kind[0].toUpperCase() + kind.slice(1);

function drawPower({ times_s, end_s, series, note = '' }) {
  const panelOf = kind => (siteKinds.includes(kind) ? 'Site' : kindName(kind));
  const titles = [...new Set(series.map(line => panelOf(line.kind)))].sort((a, b) => (b === 'Site') - (a === 'Site'));
  const panels = titles
    .map(title => {
      const members = series.filter(line => panelOf(line.kind) === title);
      const lines = members.map(line => ({
        name: line.name,
        mean: line.mean_kw,
        min: line.min_kw,
        max: line.max_kw,
        limit: line.limit_kw,
      }));
      const size = largest(lines.flatMap(line => known([...line.mean, ...(line.min ?? []), ...(line.max ?? [])])).map(Math.abs));
      return { title, ...powerUnit(size), size, times_s, end_s, lines };
    })
    .filter(panel => panel.size > 0);
  if (panels.length === 0) return;
  panels[0].slider = true;
  const bands = series.some(line => line.min_kw) ? ', bands reach from the least to the greatest instant' : '';
  section(
    'power',
    'Power over time',
    element(
      'figure',
      {},
      element('figcaption', {}, `Lines are means of ${duration((end_s - times_s[0]) / times_s.length)}${bands}. ${clockNote} ${note}`),
      ...panels.map((panel, i) => timePanel(panel, i === 0 ? 260 : 150)),
      timeDetails('power', panels),
    ),
  );
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
  const columns = [
    { title: 'from', text: link => link.from },
    { title: 'to', text: link => link.to },
    { title: unit.unit, text: link => number(link.kwh / unit.by), num: true },
    { title: 'of what came in', text: link => percent(link.kwh / total), num: true },
  ];
  section(
    'energy',
    'Where the energy went',
    element(
      'figure',
      {},
      element(
        'figcaption',
        {},
        `From left to right, width is energy: ${energy(total)} came in. Losses are orange, cooling is green, IT is blue. ${note}`,
      ),
      element('p', { class: 'note sideways' }, 'Wider than this screen: move it sideways.'),
      element(
        'div',
        { class: 'scroll' },
        chart(
          () => Math.max(300, 34 * Math.max(ends.length, 6) + 60),
          describe,
          width => flowOption(used, flows, energy, total, width),
          'chart flow',
        ),
      ),
      details(
        'Table: every flow',
        () => table(columns, flows),
        saveButton('energy', () => csv([['from', 'to', 'kwh'], ...flows.map(link => [link.from, link.to, link.kwh])])),
      ),
    ),
  );
}

// How many columns the diagram has: nodes on the longest way through it.
function columnCount(nodes, links) {
  const column = new Map(nodes.map(node => [node.name, 1]));
  for (const _ of nodes) for (const { from, to } of links) column.set(to, Math.max(column.get(to), column.get(from) + 1));
  return largest([...column.values()]);
}

function flowOption(nodes, links, energy, total, width) {
  const kinds = new Map(nodes.map(node => [node.name, node.kind]));
  const paint = name => colour(flowColours[kinds.get(name)] ?? 'c0');
  const wide = width > 190 * columnCount(nodes, links);
  const ends = name => !links.some(link => link.from === name);
  return {
    tooltip: tooltip({
      formatter: ({ dataType, data }) =>
        escapeHtml(dataType === 'edge' ? `${data.source} to ${data.target}: ` : `${data.name}: `) +
        `<b>${energy(data.kwh)}</b>, ${percent(data.kwh / total)}`,
    }),
    series: [
      {
        type: 'sankey',
        left: 2,
        right: 210,
        top: 10,
        bottom: 10,
        nodeWidth: 10,
        nodeGap: 20,
        draggable: false,
        layoutIterations: 64,
        emphasis: { focus: 'adjacency' },
        label: {
          color: colour('ink'),
          fontSize: 12.5,
          lineHeight: 16,
          formatter: ({ data }) => `${data.name}${wide || ends(data.name) ? '  ' : '\n'}${energy(data.kwh)}`,
        },
        data: nodes.map(node => ({ name: node.name, kwh: node.kwh, itemStyle: { color: paint(node.name), borderWidth: 0 } })),
        links: links.map(link => ({
          source: link.from,
          target: link.to,
          value: link.kwh,
          kwh: link.kwh,
          lineStyle: { color: paint(ends(link.to) ? link.to : link.from), opacity: 0.35, curveness: 0.5 },
        })),
      },
    ],
  };
}

function drawFeeds({ nodes, note = '' }) {
  const most = 40;
  const shown = nodes.length <= most ? nodes : [...nodes].sort((a, b) => b.used_share - a.used_share).slice(0, most);
  const scale = Math.max(1, ...shown.flatMap(node => [node.used_share, node.failover_share ?? 0]));
  const kept = nodes.length > most ? ` The ${most} fullest of ${nodes.length} are drawn.` : '';
  let kind;
  const rows = shown.flatMap(node => {
    const heading = shown === nodes && node.kind !== kind ? [element('div', { class: 'kind' }, kindName((kind = node.kind)))] : [];
    return [...heading, feedRow(node, scale)];
  });
  section(
    'feeds',
    'Load against rating',
    element(
      'figure',
      {},
      element('figcaption', {}, `Peak as a share of the limit that binds first.${kept} ${note}`),
      feedKey(shown, scale),
      element('div', { class: 'feeds' }, ...rows),
      feedDetails(nodes),
    ),
  );
}

function feedKey(nodes, scale) {
  const item = (text, ...parts) => element('span', {}, element('i', {}, ...parts), text);
  const some = test => nodes.some(test);
  return element(
    'div',
    { class: 'key', 'aria-hidden': 'true' },
    item('peak', element('span', { class: 'bar' })),
    some(node => node.used_share > 1)
      ? element('span', { class: 'over' }, item('peak over the limit', element('span', { class: 'bar' })))
      : '',
    some(node => node.failover_share) ? item('peak if the partner were lost', element('span', { class: 'mark' })) : '',
    some(node => node.failover_share > 1)
      ? element('span', { class: 'over-mark' }, item('the same, over the limit', element('span', { class: 'mark' })))
      : '',
    scale > 1 ? item('limit', element('span', { class: 'limit' })) : '',
  );
}

function feedRow(node, scale) {
  const at = share => `${((100 * share) / scale).toFixed(2)}%`;
  const track = element(
    'div',
    { class: 'track' },
    element('span', { class: 'bar', style: `width:${at(node.used_share)}` }),
    (scale > 1 && element('span', { class: 'limit', style: `left:${at(1)}` })) || '',
    node.failover_share ? element('span', { class: 'mark', style: `left:${at(node.failover_share)}` }) : '',
  );
  const [peak, most, unit] = node.allowed ? [node.carried, node.allowed, node.unit] : [node.peak_kw, node.rated_kw, 'kW'];
  const rating = most ? `${number(peak)} of ${number(most)}\u00a0${unit}` : `${number(peak)}\u00a0${unit}`;
  const over = node.used_share > 1 ? ' over' : '';
  const overMark = node.failover_share > 1 ? ' over-mark' : '';
  return element(
    'div',
    { class: `feed${over}${overMark}` },
    element('span', { class: 'name' }, node.name),
    track,
    element('span', { class: 'num share' }, percent(node.used_share)),
    element('span', { class: 'num' }, rating),
    element('span', { class: 'note' }, node.allowed && node.smallest_limit === node.unit ? '' : `limit: ${node.smallest_limit}`),
  );
}

function feedDetails(nodes) {
  const amount = (title, key, show = number) => ({ title, key, text: node => (node[key] === undefined ? '' : show(node[key])), num: true });
  const columns = [
    { title: 'name', key: 'name', text: node => node.name },
    { title: 'kind', key: 'kind', text: node => node.kind },
    amount('peak, kW', 'peak_kw'),
    amount('rated, kW', 'rated_kw'),
    amount('used', 'used_share', percent),
    amount('if partner lost', 'failover_share', percent),
    amount('headroom, kW', 'headroom_kw'),
    amount('kVA', 'headroom_kva'),
    amount('A', 'headroom_a'),
    { title: 'smallest limit', key: 'smallest_limit', text: node => node.smallest_limit },
    amount('stranded, kW', 'stranded_kw'),
    amount('peak at', 'peak_at_s', stamp),
  ].filter(column => nodes.some(node => node[column.key] !== undefined));
  return details(
    'Table: peak, rating and headroom of every node',
    () => table(columns, nodes),
    saveButton('feeds', () => csv([columns.map(column => column.key), ...nodes.map(node => columns.map(column => node[column.key]))])),
  );
}

function drawJobs({ times_s, end_s, waiting, running, busy_share, gpus_allocated, gpus_fragmented, note = '' }) {
  const panel = (title, unit, by, line, extra = {}) =>
    line && { title, unit, by, times_s, end_s, lines: [{ name: title, ...line }], ...extra };
  const panels = [
    panel('Waiting', 'jobs', 1, waiting),
    panel('Running', 'jobs', 1, running),
    panel('Busy', '%', 0.01, busy_share, { full: 1 }),
    gpus_allocated && {
      title: 'GPUs',
      unit: '%',
      by: 0.01,
      times_s,
      end_s,
      lines: [
        { name: 'allocated', ...gpus_allocated },
        { name: 'free but fragments', ...gpus_fragmented },
      ],
      full: 1,
    },
  ].filter(Boolean);
  if (panels.length === 0) return;
  panels[0].slider = true;
  section(
    'jobs',
    'Jobs',
    element(
      'figure',
      {},
      element(
        'figcaption',
        {},
        `Waiting and running jobs, and the busy part of the processors${gpus_allocated ? ' and of the GPUs' : ''}. ${clockNote} ${note}`,
      ),
      ...panels.map(each => timePanel(each, 130)),
      timeDetails('jobs', panels),
    ),
  );
}

function drawWaits({ bins, quantiles, note = '' }) {
  const total = (bins ?? []).reduce((sum, bin) => sum + bin.jobs, 0);
  if (!total) return;
  const describe = `Bar chart of waits. ${bins.map(bin => `${bin.label}: ${number(bin.jobs)} jobs`).join(', ')}.`;
  const name = share => (share === 0.5 ? 'half of the jobs' : share >= 1 ? 'the longest' : `${number(share * 100)} % of jobs`);
  const side = absent(quantiles)
    ? ''
    : table(
        [
          { title: 'of all jobs', text: row => name(row.share) },
          { title: 'waited at most', text: row => (row.wait_s > 0 ? duration(row.wait_s) : 'none'), num: true },
        ],
        quantiles,
      );
  const columns = [
    { title: 'wait', text: bin => bin.label },
    { title: 'jobs', text: bin => number(bin.jobs), num: true },
    { title: 'share', text: bin => percent(bin.jobs / total), num: true },
  ];
  section(
    'waits',
    'Waits',
    element(
      'figure',
      {},
      element('figcaption', {}, `How long ${number(total)} jobs waited before they started, in per cent of them. ${note}`),
      element(
        'div',
        { class: 'pair' },
        chart(
          () => 250,
          describe,
          width => waitOption(bins, total, width),
        ),
        side,
      ),
      details(
        'Table: jobs by wait',
        () => table(columns, bins),
        saveButton('waits', () => csv([['wait', 'jobs'], ...bins.map(bin => [bin.label, bin.jobs])])),
      ),
    ),
  );
}

function waitOption(bins, total, width) {
  const muted = colour('muted');
  const share = part => (width > 600 ? percent(part) : part > 0 && part < 0.005 ? '<1' : Math.round(100 * part));
  return {
    grid: { left: 4, right: 4, top: 24, bottom: width < 600 ? 70 : 28 },
    tooltip: tooltip({ formatter: ({ name, value }) => `${escapeHtml(name)}: <b>${number(value)}</b> jobs, ${percent(value / total)}` }),
    xAxis: {
      type: 'category',
      data: bins.map(bin => bin.label),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: muted } },
      axisLabel: { color: muted, fontSize: 12, interval: 0, rotate: width < 600 ? 60 : 0 },
    },
    yAxis: { type: 'value', show: false },
    series: [
      {
        type: 'bar',
        barCategoryGap: '18%',
        color: colour('c1'),
        data: bins.map(bin => bin.jobs),
        label: { show: true, position: 'top', color: colour('ink'), fontSize: 12, formatter: ({ value }) => share(value / total) },
      },
    ],
  };
}

// A moment of a chain: the clock, and how long after its beginning.
function stepLine({ t_s, element: name, to, reason }, begin_s) {
  return element(
    'li',
    {},
    element('time', {}, stampMs(t_s)),
    element('span', { class: 'note' }, t_s > begin_s ? `+${clockLength(t_s - begin_s)}` : ''),
    element('span', {}, element('b', {}, name), ` ${to}`, reason && element('span', { class: 'note' }, ` (${reason})`)),
  );
}

function drawOutages({ rows = [], more, survived = [], survived_more, servers }) {
  const chain = steps => element('ol', { class: 'chain' }, ...steps.map(step => stepLine(step, steps[0].t_s)));
  const outage = ({ from_s, to_s, title, racks, chain: steps, earlier, effect }) =>
    element(
      'article',
      { class: 'outage' },
      element('h3', {}, title),
      element(
        'p',
        { class: 'note' },
        `${stampMs(from_s)} to ${to_s === undefined ? 'the end of the run' : stampMs(to_s)}, ${duration(from_s)} after the start. ${effect}`,
      ),
      racks && element('p', { class: 'note' }, `Racks: ${racks}.`),
      chain(steps),
      earlier && element('p', { class: 'note' }, 'Its other feed had been lost:'),
      earlier && chain(earlier),
    );
  const line = ({ t_s, element: name, to, reason, followed, effect }) =>
    element(
      'li',
      {},
      element('time', {}, stampMs(t_s)),
      element(
        'span',
        {},
        element('b', {}, name),
        ` ${to}${reason ? ` (${reason})` : ''}${followed ? `, then ${followed}` : ''}: `,
        element('span', { class: 'note' }, `${effect}.`),
      ),
    );
  section(
    'outages',
    'What happened',
    element('p', { class: 'caption' }, `${rows.length ? 'Each chain runs from the fault to what went dark. ' : ''}${clockNote}`),
    ...rows.map(outage),
    more && element('p', { class: 'note more' }, `\u2026 ${more}.`),
    absent(survived) ? null : element('h3', { class: 'survived' }, 'Faults that darkened no rack'),
    absent(survived) ? null : element('ul', { class: 'survivals' }, ...survived.map(line)),
    survived_more && element('p', { class: 'note more' }, `\u2026 ${survived_more}.`),
    servers && element('p', { class: 'note more' }, servers),
  );
}

function drawEvents({ rows, total }) {
  const columns = [
    { title: 'time', text: event => stamp(event.t_s, true), date: true },
    { title: 'element', text: event => event.element },
    { title: 'from', text: event => event.from },
    { title: 'to', text: event => event.to },
    { title: 'cause', text: event => event.cause ?? '' },
  ];
  const few = rows.length <= 20,
    count =
      total > rows.length ? `${number(rows.length)} of ${number(total)} changes of state.` : `${number(rows.length)} changes of state.`;
  section(
    'events',
    'Events',
    element('p', { class: 'caption' }, `${count} ${clockNote}`),
    few
      ? element('div', { class: 'scroll' }, table(columns, rows))
      : details(
          'Table: every change',
          () => table(columns, rows),
          saveButton('events', () =>
            csv([
              ['time', 'element', 'from', 'to', 'cause'],
              ...rows.map(event => [stamp(event.t_s, true), event.element, event.from, event.to, event.cause]),
            ]),
          ),
        ),
  );
}

function drawInputs(inputs) {
  const columns = [
    { title: 'name', text: input => input.name },
    { title: 'note', text: input => input.note ?? '' },
    { title: 'sha256', text: input => element('span', { class: 'hash' }, input.sha256) },
  ];
  section(
    'inputs',
    'Inputs',
    table(
      columns.filter(column => column.title !== 'note' || inputs.some(input => input.note)),
      inputs,
    ),
  );
}

function drawReport() {
  drawTop();
  if (!absent(data.outages?.rows) || !absent(data.outages?.survived) || data.outages?.servers) drawOutages(data.outages);
  if (!absent(data.diagram?.boxes)) drawDiagram(data.diagram);
  if (!absent(data.power?.series)) drawPower(data.power);
  if (!absent(data.energy?.links)) drawEnergy(data.energy);
  if (!absent(data.feeds?.nodes)) drawFeeds(data.feeds);
  if (!absent(data.site?.panels)) drawSite(data.site);
  if (!absent(data.network?.series)) drawNetwork(data.network);
  if (!absent(data.jobs?.times_s)) drawJobs(data.jobs);
  if (!absent(data.waits?.bins)) drawWaits(data.waits);
  if (!absent(data.events?.rows)) drawEvents(data.events);
  if (!absent(data.inputs)) drawInputs(data.inputs);
  if (!absent(data.notes)) section('notes', 'Notes', element('ul', { class: 'notes' }, ...data.notes.map(text => element('li', {}, text))));
  report.append(
    element(
      'footer',
      {},
      `${data.program ? `${data.program}. ` : ''}Charts by Apache ECharts, \u00a9 2017\u20132026 The Apache Software Foundation, Apache-2.0; its licences are in the source of this page.`,
    ),
  );
}

// ---- start, and draw again when the width or the colours change

if (data.version === 1) {
  drawReport();
  drawAll();
} else {
  report.append(element('p', { class: 'message' }, `This page reads data of version 1, not ${data.version}.`));
}

const paperWidth = 680; // pixels across a printed A4 or letter page, inside its margins
let drawnWidth = window.innerWidth;
addEventListener('resize', () => {
  if (!printing() && window.innerWidth !== drawnWidth) {
    drawnWidth = window.innerWidth;
    drawAll();
  }
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawAll());
addEventListener('beforeprint', () => {
  document.documentElement.classList.add('printing');
  drawAll(paperWidth);
});
addEventListener('afterprint', () => {
  document.documentElement.classList.remove('printing');
  drawAll();
});
