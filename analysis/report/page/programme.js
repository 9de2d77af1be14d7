// The page of `headroom programme`: years, sites, drivers, money, and the ledger of what was claimed. `data` is the verb's JSON.

const spending = data.spending;
const currency = `${data.currency} of ${data.money_year}`;
const years = data.years;
const last = years.at(-1);
const digits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });
const short = x => (Math.abs(x) >= 1000 ? number(x) : minus(digits.format(x))); // four figures at most
const few = share => `${short(100 * share)}\u00a0%`;
const paints = ['c1', 'c2', 'c3', 'c6', 'c4', 'c5', 'dark'];

// A text that says, when it is pointed at, which runs it was read from.
const runText = (kind, f) => `${kind}: ${short(f.value)} ${f.unit} = ${f.of_run} \u00d7 ${f.times}, ${f.key} of ${f.run}`;
const simulated = (text, ...lines) => element('span', { class: 'run', title: lines.join('\n') }, text);
const ofKind = (row, name) => (row.figures?.[name] ? simulated(short(row.figures[name].value), runText(row.kind, row.figures[name])) : '');
const ofYear = (year, key, name, write = short) => simulated(write(year[key]), ...(year.kinds ?? []).filter(kind => kind.figures?.[name]).map(kind => runText(kind.kind, kind.figures[name])));

function headlines() {
  const product = spending.product.at(-1); // the last year whose gross product is known
  const claims = data.ledger?.claims.length, holding = claims - data.ledger?.do_not_hold;
  const items = [
    headlineItem('Sites', number(last.sites), '', `in service in ${last.year}${last.turned_away > 0 ? `; ${few(last.turned_away)} of the work is turned away` : ''}`, last.turned_away > 0),
    headlineItem('Peak of data centres', ofYear(last, 'data_centre_peak_mw', 'facility_peak_mw'), 'MW', `${last.year}; kinds of sites added up, whatever their hours`),
    headlineItem('Data centres draw', ofYear(last, 'data_centre_twh', 'facility_energy_twh'), 'TWh', `in ${last.year}`),
    headlineItem('Units outside draw', short(last.outside_twh), 'TWh', `in ${last.year}, at their own places`),
    headlineItem('From users', ofYear(last, 'from_users_tbit_s', 'peak_from_users_tbit_s'), 'Tbit/s', `${last.year}, fullest hour`),
    headlineItem('Paid', money(spending.all_years.cash), data.currency, `${spending.by_year[0].year} to ${spending.by_year.at(-1).year}, all sectors`),
    ...(product ? [headlineItem('Of gross product', short(100 * product.cash_share), '%', `spent in ${product.year}; value added at home by first purchases is ${few(product.value_added_share)}`)] : []),
    ...(data.ledger ? [headlineItem('Verdicts that hold', `${holding}`, `of ${claims}`, 'those whose rule is met; it does not say that the claims are right', data.ledger.do_not_hold > 0)] : []),
  ];
  const caveats = [...data.notes, ...spending.missing.filter(gap => !gap.inside_building).map(gap => `${gap.count}: ${gap.why}, not in the total`)];
  if (!data.dates_stand_still) caveats.unshift(`The dates still moved after ${data.rounds} rounds: what stands in which year is not settled.`);
  report.append(
    element('p', { class: 'scenario' }, data.programme),
    element('h1', {}, data.title),
    element('p', { class: 'facts' }, ...[`${data.first_year} to ${data.last_year}`, currency, `prices of ${data.country}`, `rounds of runs: ${data.rounds}`, `upstream: ${spending.knock_on.table}, ${spending.knock_on.table_year}`].map(fact => element('span', {}, fact))),
    element('nav', { 'aria-label': 'Sections' }),
    element('dl', { class: 'headline eight' }, ...items),
    absent(caveats) ? '' : caveatsCell(caveats),
  );
}

// The sectors with most money have colours of their own, in the order of the programme; the rest is one.
function sectorSeries(paidIn) {
  const largest = [...spending.by_sector].sort((a, b) => b.cash - a.cash).slice(0, paints.length);
  const values = sectors => paidIn.map(year => sum(sectors.flatMap(s => s.years.filter(y => y.year === year).map(y => y.cash))));
  const named = spending.by_sector.filter(s => largest.includes(s)).map((s, i) => ({ name: s.sector, colour: paints[i], values: values([s]) }));
  const rest = spending.by_sector.filter(s => !largest.includes(s));
  return absent(rest) ? named : [...named, { name: rest.map(s => s.sector).join(', '), colour: 'c0', values: values(rest) }];
}

function drawYears() {
  const paidIn = spending.by_year.map(y => y.year);
  const columns = [
    { title: 'year', text: y => String(y.year) },
    { title: 'sites', text: y => number(y.sites), num: true },
    { title: 'racks', text: y => ofYear(y, 'racks', 'racks', number), num: true },
    { title: 'servers', text: y => ofYear(y, 'servers', 'servers', number), num: true },
    { title: 'peak MW of sites', text: y => ofYear(y, 'data_centre_peak_mw', 'facility_peak_mw'), num: true },
    { title: 'TWh of sites', text: y => ofYear(y, 'data_centre_twh', 'facility_energy_twh'), num: true },
    { title: 'Tbit/s from users', text: y => ofYear(y, 'from_users_tbit_s', 'peak_from_users_tbit_s'), num: true },
    { title: 'turned away', text: y => few(y.turned_away), num: true },
    { title: 'mean MW outside', text: y => short(y.outside_mean_mw), num: true },
    { title: 'TWh outside', text: y => short(y.outside_twh), num: true },
    { title: `paid, ${data.currency}`, text: y => money(y.spending), num: true },
  ];
  const energy = [
    { name: 'data centres', colour: 'c1', values: years.map(y => y.data_centre_twh) },
    { name: 'units outside', colour: 'c6', values: years.map(y => y.outside_twh) },
  ];
  const keys = ['year', 'sites', 'racks', 'servers', 'data_centre_peak_mw', 'data_centre_twh', 'from_users_tbit_s', 'turned_away', 'outside_mean_mw', 'outside_twh', 'spending'];
  section(
    'years',
    'Year by year',
    element('p', { class: 'caption' }, `What is paid by sector, in ${currency}; what is ordered for the first year is paid before it.`),
    yearly('Spending by year and sector', paidIn, sectorSeries(paidIn), data.currency),
    element('p', { class: 'caption' }, 'Energy in a year, TWh: drawn by data centres, as their runs say, and by units at their own places.'),
    yearly('Energy by year, data centres and units outside', years.map(y => y.year), energy, 'TWh', short),
    element('p', { class: 'caption' }, 'Underlined figures were read from runs: point at one to see which, or see Sites. Kinds of sites need not peak in the same hour; their peaks are added up all the same.'),
    wideTable(columns, years),
    saveButton('years', () => csv([keys, ...years.map(y => keys.map(key => y[key]))])),
  );
}

const siteRows = years.flatMap(y => (y.kinds ?? []).map(kind => ({ year: y.year, ...kind })));
const isLate = tranche => tranche.in_service > `${tranche.wanted_year}-01-01`;

function lateSites() {
  const late = data.tranches.filter(isLate);
  const columns = [
    { title: 'kind', text: t => t.kind },
    { title: 'sites', text: t => number(t.sites), num: true },
    { title: 'wanted', text: t => `${t.wanted_year}-01-01`, date: true },
    { title: 'ordered', text: t => t.order, date: true },
    { title: 'in service', text: t => t.in_service, date: true },
    { title: 'held up by', text: t => t.held_up_by ?? '' },
    { title: `price of one, ${data.currency}`, text: t => money(t.price_of_one), num: true },
  ];
  return [
    absent(late) ? element('p', { class: 'caption' }, 'No site is late: all are in service on the first day of the year for which they are wanted.') : wideTable(columns, late, 'Late, and why'),
    element('p', { class: 'caption' }, 'What units buy and cannot have in time is told in the notes of where the money goes.'),
    details('All sites by the year for which they are wanted', () => table(columns, data.tranches)),
  ];
}

function drawSites() {
  if (absent(siteRows)) return;
  const kinds = [...new Set(siteRows.map(r => r.kind))];
  const columns = [
    { title: 'kind', text: r => r.kind },
    { title: 'year', text: r => String(r.year) },
    { title: 'needed', text: r => number(r.needed), num: true },
    { title: 'in service', text: r => element('span', r.in_service < r.needed ? { class: 'warn' } : {}, number(r.in_service)), num: true },
    { title: 'bound by', text: r => r.bound_by ?? '' },
    { title: 'turned away', text: r => few(r.turned_away), num: true },
    ...[['peak MW', 'facility_peak_mw'], ['TWh', 'facility_energy_twh'], ['Tbit/s arriving', 'arriving_tbit_s'], ['Tbit/s leaving', 'leaving_tbit_s'], ['racks', 'racks']].map(([title, name]) => ({ title, text: r => ofKind(r, name), num: true })),
  ];
  const figures = siteRows.flatMap(r => Object.entries(r.figures ?? {}).map(([name, f]) => ({ kind: r.kind, year: r.year, name, ...f })));
  const figureColumns = [
    ...['kind', 'year', 'name'].map(key => ({ title: key, text: f => String(f[key]) })),
    { title: 'value', text: f => `${short(f.value)} ${f.unit}`, num: true },
    { title: 'run', text: f => f.run },
    { title: 'key', text: f => f.key },
    { title: 'of the run', text: f => String(f.of_run), num: true },
    { title: 'times', text: f => String(f.times), num: true },
    { title: 'meaning', text: f => f.meaning },
  ];
  const figureKeys = ['kind', 'year', 'name', 'value', 'unit', 'run', 'key', 'of_run', 'times', 'meaning'];
  const shares = siteRows.flatMap(r => Object.entries(r.sectors ?? {}).map(([sector, share]) => ({ kind: r.kind, year: r.year, sector, share })));
  section(
    'sites',
    'Sites',
    element('p', { class: 'caption' }, 'How many sites of each kind the work needs and how many are in service, what binds, and what their runs say of all of them together. Turned away is the share of the work that they could not take. Chart: peak MW.'),
    yearly('Peak power of data centres by year and kind', years.map(y => y.year), kinds.map((kind, i) => ({ name: kind, colour: paints[i % paints.length], values: years.map(y => siteRows.find(r => r.year === y.year && r.kind === kind)?.figures?.facility_peak_mw?.value ?? 0) })), 'MW', short),
    wideTable(columns, [...siteRows].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.year - b.year)),
    ...lateSites(),
    details('Every figure of the runs, with its run and key', () => table(figureColumns, figures), saveButton('run-figures', () => csv([figureKeys, ...figures.map(f => figureKeys.map(key => f[key]))]))),
    details('Whose work it is', () => table([{ title: 'kind', text: r => r.kind }, { title: 'year', text: r => String(r.year) }, { title: 'sector', text: r => r.sector }, { title: 'share of what binds', text: r => few(r.share), num: true }], shares)),
  );
}

function drawDrivers() {
  const drivers = last.drivers ?? [];
  if (absent(drivers)) return;
  const columns = [
    { title: 'driver', text: d => d.name },
    { title: 'sector', text: d => d.sector },
    { title: 'count', text: d => number(d.units), num: true },
    { title: '', text: d => d.unit },
    { title: 'added', text: d => number(d.added), num: true },
    ...[['mean MW', 'mean_mw'], ['peak MW', 'peak_mw'], ['TWh', 'energy_twh']].map(([title, key]) => ({ title, text: d => (d[key] > 0 ? short(d[key]) : '\u2013'), num: true })),
  ];
  const rows = years.flatMap(y => (y.drivers ?? []).map(d => ({ year: y.year, ...d })));
  const keys = ['year', 'name', 'sector', 'unit', 'units', 'added', 'mean_mw', 'peak_mw', 'energy_twh'];
  const powered = drivers.filter(d => d.energy_twh > 0).sort((a, b) => b.energy_twh - a.energy_twh);
  section(
    'drivers',
    'Drivers',
    element('p', { class: 'caption' }, `What is counted in ${last.year}: units in service, those that the year added, and what they draw at their own places. What they ask of data centres is in the sites' figures. Chart: TWh.`),
    absent(powered) ? undefined : listed(`Energy of units at their own places in ${last.year}`, powered.map(d => d.name), [{ name: 'TWh', colour: 'c6', values: powered.map(d => d.energy_twh) }], 'TWh', short),
    wideTable(columns, drivers),
    details('All years', () => table([{ title: 'year', text: d => String(d.year) }, ...columns], rows), saveButton('drivers', () => csv([keys, ...rows.map(d => keys.map(key => d[key]))]))),
  );
}
