// The page of `headroom spend`: what is bought, when, who pays, what that sets off. `data` is the verb's JSON and a `title`.

const bill = data.bill;
const currency = `${bill.currency} of ${bill.year}`;
const outcome = key => data.spread.outcomes.find(one => one.key === key);
const spreadText = (key, text) => {
  const found = outcome(key);
  return found ? `${text(found.p10)} to ${text(found.p90)} in 8 of 10 draws` : undefined;
};

const spreadOf = name => {
  const found = data.spread.outcomes.find(one => one.caveats && one.name === name);
  return found ? `${found.p10.toFixed(2)} to ${found.p90.toFixed(2)}` : '';
};

function headlines() {
  const items = [];
  const add = (...item) => items.push(headlineItem(...item));
  add('First fit', money(bill.totals.total.mid), bill.currency, spreadText('total', money));
  add('IT and network', money(bill.totals.equipment.mid), bill.currency, 'inside the first fit');
  if (bill.totals.building_line.mid > 0) add('Building', money(bill.totals.building_line.mid), bill.currency, 'with its power path and cooling');
  const outside = bill.totals.grid.mid + bill.totals.generation.mid;
  if (outside > 0) add('Outside the fence', money(outside), bill.currency, 'grid and power stations');
  add('A year of service', money(data.ownership.total_per_year), bill.currency, 'annuities and what is paid while it runs');
  add('In service', data.schedule.in_service.slice(0, 7), '', `${data.schedule.in_service}${data.schedule.held_up_by ? `, held up by ${data.schedule.held_up_by}` : ''}`, data.schedule.late_days > 0);
  report.append(
    element('p', { class: 'scenario' }, data.site),
    element('h1', {}, data.title),
    element('p', { class: 'facts' }, ...[currency, `prices of ${bill.country}`, data.ownership.basis, `upstream: ${data.knock_on.table}, ${data.knock_on.table_year}`].map(fact => element('span', {}, fact))),
    element('nav'),
    element('dl', { class: 'headline' }, ...items),
    caveatsCell([...bill.notes, ...bill.missing.filter(gap => !gap.inside_building).map(gap => `${gap.count}: ${gap.why}, not in the total`)]),
  );
}

function spendingByYear() {
  const rows = data.schedule.years;
  const years = [...new Set(rows.map(row => row.year))].sort();
  const series = Object.keys(groupNames)
    .map(group => ({ name: groupNames[group], colour: groupColours[group], values: years.map(year => sum(rows.filter(r => r.year === year && r.group === group).map(r => r.cash))) }))
    .filter(one => one.values.some(value => value > 0));
  const columns = [
    { title: 'year', text: r => String(r.year) },
    { title: 'class', text: r => r.class },
    { title: 'kind', text: r => r.kind },
    { title: 'payer', text: r => r.payer },
    { title: `paid, ${bill.currency}`, text: r => whole(r.cash), num: true },
    { title: 'produced', text: r => whole(r.production), num: true },
  ];
  const save = saveButton('years', () => csv([columns.map(c => c.title), ...rows.map(r => [r.year, r.class, r.kind, r.payer, r.cash, r.production])]));
  section(
    'years',
    'Spending by class and year',
    element('p', { class: 'caption' }, `What is paid, in ${currency}: 30 % at order, 60 % at delivery, 10 % when the site goes into service; whatever has lived its life is bought again until ${data.schedule.until}. What is produced follows another clock, evenly from order to delivery.`),
    yearly('Spending by year and group', years, series, bill.currency),
    details('By class', () => table(columns, rows), save),
  );
}

// Layout -> group -> class -> sector, in money of the first fit.
function sankey() {
  const lines = bill.lines.filter(line => !line.inside_building && line.amount.mid > 0);
  const nodes = new Map(), links = [];
  const node = (name, paint) => nodes.set(name, { name, itemStyle: { color: colour(paint) } });
  node(data.site, 'dark');
  const sectorName = code => data.knock_on.sectors_first_fit.find(s => s.sector === code)?.name ?? code;
  for (const line of lines) {
    const group = groupNames[line.group], bought = `${line.class}\u200b`;
    if (!nodes.has(group)) node(group, groupColours[line.group]);
    node(bought, groupColours[line.group]);
    links.push({ source: group, target: bought, value: line.amount.mid });
    const paid = data.knock_on.paid_to_sectors_first_fit.filter(flow => flow.class === line.class);
    for (const flow of paid) {
      const sector = `${sectorName(flow.sector)}\u200a`;
      if (!nodes.has(sector)) node(sector, 'c0');
      links.push({ source: bought, target: sector, value: flow.amount });
    }
    const tax = line.amount.mid - sum(paid.map(flow => flow.amount));
    if (tax > 1) {
      if (!nodes.has('value-added tax')) node('value-added tax', 'c4');
      links.push({ source: bought, target: 'value-added tax', value: tax });
    }
  }
  for (const group of new Set(lines.map(line => groupNames[line.group]))) links.push({ source: data.site, target: group, value: sum(lines.filter(line => groupNames[line.group] === group).map(line => line.amount.mid)) });
  section(
    'flow',
    'From the layout to who sells it',
    element('p', { class: 'caption' }, `The first fit at mid prices: what it is for, the class that prices it, the sector of the economy that sells it, trade and transport among them.`),
    element('div', { class: 'scroll' },
      chart(
        () => Math.max(420, 26 * Math.max(lines.length, data.knock_on.sectors_first_fit.filter(s => s.demand > 0).length)),
        'Money from the layout through groups and classes to sectors',
        () => ({
          tooltip: tooltip({ trigger: 'item', valueFormatter: value => `${money(value)} ${bill.currency}` }),
          series: [{ type: 'sankey', left: 4, right: 180, top: 8, bottom: 8, nodeGap: 14, nodeWidth: 12, draggable: false, layoutIterations: 64, emphasis: { focus: 'adjacency' }, label: { color: colour('ink'), fontSize: 12, overflow: 'truncate', width: 170 }, lineStyle: { color: 'source', opacity: 0.3 }, data: [...nodes.values()], links }],
        }),
        'chart flow',
      )),
  );
}

function waterfall() {
  if (absent(data.k_ratios)) return;
  const steps = [['building', 0, 1, 'c0']];
  const grow = (label, name, paint) => {
    const ratio = data.k_ratios.find(r => r.name === name);
    if (ratio) steps.push([label, steps.at(-1)[2], 1 + ratio.value, paint]);
  };
  grow('IT and network, first fit (K1)', 'K1', 'c1');
  grow('grid and generation (K2)', 'K2', 'c6');
  grow('bought again in its life (K3)', 'K3', 'c3');
  grow('electricity, counted twice (K3e, old)', 'K3e, old definition', 'c4');
  section(
    'waterfall',
    'What follows one of building',
    element('p', { class: 'caption' }, `For each ${bill.currency} of building: what else is bought, boundary by boundary. Each ratio K is the end of its bar less one.`),
    chart(
      () => 60 * steps.length,
      'Waterfall from one of building to the ratios K',
      () => ({
        grid: { left: 260, right: 40, top: 8, bottom: 32 },
        tooltip: tooltip({ trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: of => `${escapeHtml(of[1].name)}: ${of[1].value.toFixed(2)}` }),
        xAxis: { type: 'value', axisLabel: { color: colour('muted') }, splitLine: { lineStyle: { color: colour('rule') } } },
        yAxis: { ...names(steps.map(s => s[0])), inverse: true, axisLabel: { color: colour('ink'), width: 240, overflow: 'break' } },
        series: [
          { type: 'bar', stack: 'all', silent: true, itemStyle: { color: 'transparent' }, data: steps.map(s => s[1]) },
          { type: 'bar', stack: 'all', data: steps.map(s => ({ value: s[2] - s[1], itemStyle: { color: colour(s[3]) } })), label: { show: true, position: 'right', color: colour('ink'), formatter: of => steps[of.dataIndex][2].toFixed(2) } },
        ],
      }),
    ),
    ratioTable(data.k_ratios, 'Named ratios K, at mid prices', spreadOf),
  );
}

function whoPays() {
  section(
    'payers',
    'Who pays',
    element('p', { class: 'caption' }, `What leaves each payer's own purse by year: its own money for purchases, what is paid while the site runs, and debt service on what banks and the capital market lent. Financing: ${data.who_pays.source} (${data.who_pays.evidence}).`),
    ...payersByYear(data.who_pays.payers, bill.currency),
  );
}

function dates() {
  const rows = data.schedule.feeds;
  const columns = [
    { title: 'feed', text: r => r.feed, date: true },
    { title: 'can exist from', text: r => r.from, date: true },
    { title: 'because of', text: r => r.last },
    { title: 'weeks', text: r => number(r.lead_time_weeks), num: true },
    { title: 'source of the weeks', text: r => r.source },
  ];
  const wanted = data.schedule.wanted ? ` Wanted ${data.schedule.wanted}${data.schedule.late_days > 0 ? `: ${data.schedule.late_days} days late.` : ': in time.'}` : '';
  section('dates', 'When each feed can exist', element('p', { class: 'caption' }, `Orders go out from ${data.schedule.orders_from}; the whole site is in service ${data.schedule.in_service}.${wanted}`), table(columns, rows));
}

function ownership() {
  const o = data.ownership;
  const rows = Object.entries(o.per_year).map(([name, amount]) => ({ name, amount }));
  const share = costs => Object.entries(costs.lines).map(([name, amount]) => ({ name, share: amount / costs.total }));
  const forms = [['Hamilton', o.hamilton_per_month, `${money(o.hamilton_per_month.total)} ${bill.currency} a month`]];
  if (o.barroso_per_watt_and_month) forms.push(['Barroso', o.barroso_per_watt_and_month, `${o.barroso_per_watt_and_month.total.toPrecision(4)} ${bill.currency} a watt of IT and month`]);
  section(
    'ownership',
    'A year of service',
    element('p', { class: 'caption' }, `${o.basis}. Electricity at ${o.electricity_price_per_kwh.toPrecision(3)} ${bill.currency} a kWh: ${o.electricity_price_basis}.`),
    element('div', { class: 'pair' },
      table([{ title: '', text: r => r.name }, { title: `${bill.currency} a year`, text: r => whole(r.amount), num: true }], [...rows, { name: 'total', amount: o.total_per_year }]),
      table([{ title: 'one', text: r => r.name }, { title: `costs, ${bill.currency}`, text: r => r.value.toPrecision(4), num: true }], o.unit_costs)),
    ...forms.map(([who, costs, total]) => details(`The same figures in ${who}'s form: ${total}`, () => table([{ title: '', text: r => r.name.replaceAll('_', ' ') }, { title: 'share', text: r => percent(r.share), num: true }], share(costs)))),
  );
}

function tornado() {
  const total = outcome('total');
  const bars = [...total.drivers];
  const rows = data.spread.outcomes.filter(one => !one.caveats);      // ratios stand with their caveats, above
  const columns = [{ title: '', text: r => r.name }, ...['mid', 'p10', 'p50', 'p90'].map(key => ({ title: key.replace('p', 'P'), text: r => whole(r[key]), num: true }))];
  section(
    'spread',
    'How sure is it',
    element('p', { class: 'caption' }, `${groups.format(data.spread.draws)} draws of all prices between low and high (Latin hypercube, seed ${data.spread.seed}; prices of metals and of IT move together, rho ${data.spread.correlation_of_prices_that_move_together}). The bars: the total with one price at its P10 and at its P90, the others in the middle.`),
    absent(bars) ? undefined : chart(
      () => 40 + 26 * bars.length,
      'The prices that move the total most by themselves',
      () => ({
        grid: { left: 200, right: 24, top: 4, bottom: 28 },
        tooltip: tooltip({ trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: of => { const d = bars[of[0].dataIndex]; return `${escapeHtml(d.class)}: ${money(d.outcome_at_p10)} to ${money(d.outcome_at_p90)}, rank correlation ${d.rank_correlation.toFixed(2)}`; } }),
        xAxis: { ...moneyAxis(), min: value => value.min - 0.1 * (value.max - value.min), scale: true },
        yAxis: { ...names(bars.map(d => d.class)), inverse: true, axisLabel: { color: colour('ink') } },
        series: [
          { type: 'bar', stack: 'all', silent: true, itemStyle: { color: 'transparent' }, data: bars.map(d => Math.min(d.outcome_at_p10, d.outcome_at_p90)) },
          { type: 'bar', stack: 'all', data: bars.map(d => Math.abs(d.outcome_at_p90 - d.outcome_at_p10)), itemStyle: { color: colour('c2') } },
        ],
      }),
    ),
    table(columns, rows),
  );
}

function billSection() {
  const columns = [
    { title: 'class', text: r => (r.inside_building ? `${r.class} *` : r.class) },
    { title: 'quantity', text: r => `${number(r.quantity)} ${r.unit}`, num: true },
    ...['low', 'mid', 'high'].map(key => ({ title: key, text: r => whole(r.amount[key]), num: true })),
    { title: 'payer', text: r => Object.keys(r.payers).join(', ') },
    { title: 'evidence', text: r => r.evidence },
    { title: 'price', text: r => `${r.price.mid} of ${r.price.year}` },
  ];
  const sources = [{ title: 'class', text: r => r.class }, { title: 'source', text: r => r.source }, { title: 'elements', text: r => `${r.elements.length}: ${r.elements.slice(0, 4).map(e => (e.units === 1 ? e.name : `${number(e.units)} × ${e.name}`)).join(', ')}${r.elements.length > 4 ? ', …' : ''}` }];
  const ranges = [{ title: '', text: r => r.name }, { title: 'here', text: r => `${r.value.toPrecision(3)} ${r.unit}`, num: true }, { title: 'published', text: r => `${r.low} to ${r.high}` }, { title: '', text: r => (r.inside ? 'inside' : `${r.times_the_nearer_end.toPrecision(3)} times the nearer end`) }, { title: 'source', text: r => r.source }];
  section('bill', 'The bill', element('p', { class: 'caption' }, `In ${currency}. * is inside the building's price: listed, not added.`), element('div', { class: 'scroll' }, table(columns, bill.lines)), details('Sources and elements', () => table(sources, bill.lines)), table(ranges, data.reference_ranges, 'Beside what others have seen'));
}

headlines();
spendingByYear();
sankey();
waterfall();
whoPays();
dates();
ownership();
knockOn(data.knock_on, 'The first fit, what is bought again, and what is paid while the site runs, each over all years.', 'the first fit', spreadOf);
tornado();
billSection();

drawAndKeepDrawn();
