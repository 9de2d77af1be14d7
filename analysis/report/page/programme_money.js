// The money of a programme's page: where it goes, what is bought for it, its share of the product, regions.

const kindColumns = [['first', 'first purchases'], ['refresh', 'bought again'], ['running', 'running'], ['cash', 'paid']].map(([key, title]) => ({ title, text: r => whole(r[key]), num: true }));
const kindSeries = rows => [['first', 'first purchases', 'c1'], ['refresh', 'bought again', 'c5'], ['running', 'running', 'dark']].map(([key, name, paint]) => ({ name, colour: paint, values: rows.map(r => r[key]) })).filter(one => one.values.some(value => value > 0));
const kindKeys = ['first', 'refresh', 'running', 'cash', 'production'];
const byAmount = rows => [...rows].sort((a, b) => b.cash - a.cash);

// The larger classes as bars, all of them in the table.
function classes() {
  const rows = byAmount(spending.by_class);
  const large = rows.slice(0, 20);
  const columns = [{ title: 'bought for', text: r => r.what }, { title: 'class', text: r => r.class }, { title: 'group', text: r => groupNames[r.group] ?? r.group }, ...kindColumns];
  return [
    element('p', { class: 'caption' }, `By class, the ${large.length} largest of ${rows.length}:`),
    listed('Money by class', large.map(r => `${r.what}: ${r.class}`), kindSeries(large), data.currency),
    details('All classes', () => table(columns, rows), saveButton('classes', () => csv([['what', 'class', 'group', ...kindKeys], ...rows.map(r => [r.what, r.class, r.group, ...kindKeys.map(key => r[key])])]))),
  ];
}

function drawMoney() {
  const sectors = byAmount(spending.by_sector);
  const evidence = Object.entries(spending.evidence_share_of_first_purchases).filter(([, share]) => share > 0).map(([name, share]) => `${name} ${percent(share)}`);
  section(
    'money',
    'Where the money goes',
    element('p', { class: 'caption' }, `In ${currency}, all years. First purchases rest on: ${evidence.join(', ')}; with what moved prices between years and countries, assumptions are ${percent(spending.assumed_share_with_what_moved_prices)}.`),
    listed('Money by sector', sectors.map(r => r.sector), kindSeries(sectors), data.currency),
    wideTable([{ title: 'sector', text: r => r.sector }, ...kindColumns], [...sectors, { sector: 'all', ...spending.all_years }], 'By sector'),
    ...classes(),
    wideTable([{ title: 'year', text: r => String(r.year) }, ...kindColumns, { title: 'produced', text: r => whole(r.production), num: true }], spending.by_year, 'By year'),
    absent(spending.notes) ? undefined : caveatsCell(spending.notes),
  );
}

function drawPayers() {
  const running = [{ title: 'running cost', text: r => r.name }, { title: 'payer', text: r => r.payer }, { title: `in ${last.year}, ${data.currency}`, text: r => whole(r.last_year), num: true }, { title: 'basis', text: r => r.basis }];
  section(
    'payers',
    'Who pays',
    element('p', { class: 'caption' }, "What leaves each payer's own purse by year: its own money for purchases, running costs, and debt service on what banks and the capital market lent."),
    ...payersByYear(spending.by_payer, data.currency),
    details('Running costs and what they rest on', () => table(running, spending.running)),
  );
}

// Quantities are those of first purchases; what is inside a building's price is listed and not added.
function drawMaterials() {
  const rows = [...spending.materials].sort((a, b) => b.amount - a.amount);
  const quantity = (value, unit) => `${value >= 1e9 ? money(value) : number(value)} ${unit}`;
  const columns = [
    { title: 'bought for', text: r => r.what },
    { title: 'class', text: r => (r.inside_building ? `${r.class} *` : r.class) },
    { title: 'quantity', text: r => quantity(r.quantity, r.unit), num: true },
    { title: data.currency, text: r => whole(r.amount), num: true },
    { title: 'again', text: r => (r.again > 0 ? quantity(r.again, r.unit) : '\u2013'), num: true },
    { title: data.currency, text: r => (r.again > 0 ? whole(r.amount_again) : '\u2013'), num: true },
  ];
  const wanted = rows.flatMap(r => r.wanted.map(w => ({ ...r, ...w })));
  const wantedColumns = [{ title: 'year', text: r => String(r.year) }, ...columns.slice(0, 4)];
  const keys = ['what', 'class', 'group', 'unit', 'year', 'quantity', 'amount'];
  section(
    'materials',
    'What is bought',
    element('p', { class: 'caption' }, `Quantities of first purchases and of what is bought again, at mid prices in ${currency}; the twenty that cost most. * is inside a building's price: listed, not added.`),
    wideTable(columns, rows.slice(0, 20)),
    rows.length > 20 ? details(`All ${rows.length}`, () => table(columns, rows)) : undefined,
    details('By the year for which it is wanted', () => table(wantedColumns, wanted), saveButton('materials', () => csv([keys, ...wanted.map(r => keys.map(key => r[key]))]))),
  );
}

function drawProduct() {
  if (absent(spending.product)) return;
  const columns = [
    { title: 'year', text: p => String(p.year) },
    { title: `gross product, ${data.currency}`, text: p => whole(p.gross_product), num: true },
    { title: 'spent, of it', text: p => few(p.cash_share), num: true },
    { title: 'value added at home by first purchases, of it', text: p => few(p.value_added_share), num: true },
  ];
  const line = (name, key, paint) => ({ name, type: 'line', data: spending.product.map(p => 100 * p[key]), itemStyle: { color: colour(paint) }, lineStyle: { color: colour(paint) }, symbolSize: 7 });
  const percents = value => `${short(value)}\u00a0%`;
  section(
    'product',
    'Share of gross product',
    element('p', { class: 'caption' }, `What is spent in a year, and the value added at home by first purchases, over the gross product of that year. Spending is no growth: what the money would have bought otherwise is not taken off.`),
    chart(() => 260, 'Shares of gross product by year', () => ({
      grid: { left: 56, right: 16, top: 36, bottom: 32 },
      legend: { top: 0, textStyle: { color: colour('ink') } },
      tooltip: tooltip({ trigger: 'axis', valueFormatter: percents }),
      xAxis: names(spending.product.map(p => p.year)),
      yAxis: valueAxis(percents),
      series: [line('spent', 'cash_share', 'c1'), line('value added at home', 'value_added_share', 'c3')],
    })),
    wideTable(columns, spending.product),
  );
}

function drawRegions() {
  if (absent(data.regions)) return;
  const year = data.regions[0].year;
  const columns = [
    { title: 'region', text: r => r.name },
    { title: 'share', text: r => percent(r.share), num: true },
    { title: `paid in all years, ${data.currency}`, text: r => money(r.spending_all_years), num: true },
    { title: `peak MW of sites, ${year}`, text: r => short(r.data_centre_peak_mw), num: true },
    { title: `TWh of sites, ${year}`, text: r => short(r.data_centre_twh), num: true },
    { title: `TWh outside, ${year}`, text: r => short(r.outside_twh), num: true },
  ];
  section(
    'regions',
    'Regions',
    element('p', { class: 'caption' }, "Labels: each figure is the whole programme's, times the share of the region. No region has runs of its own."),
    wideTable(columns, data.regions),
  );
}

headlines();
drawYears();
drawSites();
drawDrivers();
drawMoney();
drawPayers();
drawMaterials();
knockOn(spending.knock_on, 'First purchases, what is bought again, and running costs, each over all years.', 'first purchases');
drawProduct();
drawRegions();
if (data.ledger) drawLedger(data.ledger);
drawAndKeepDrawn();
