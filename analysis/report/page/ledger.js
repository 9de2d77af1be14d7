// A ledger on a page: each claim beside what is ours, its verdict, and what that rests on; filters by verdict and by text.

const verdictPaints = { reproduced: 'c3', 'arithmetic only': 'c1', 'same size, other quantity': 'c5', 'consistent with the range': 'c6', inconsistent: 'c2', 'not a quantity of this model': 'c0' };
const verdictMeanings = {
  reproduced: 'worked out from something else than claims alone, and as near as the verdict asks',
  'arithmetic only': 'follows from other claims alone, and as near as the verdict asks',
  'same size, other quantity': 'as large, but another quantity: why says which',
  'consistent with the range': 'our range and the claim have something in common',
  inconsistent: 'our range and the claim have nothing in common',
  'not a quantity of this model': 'nothing of ours can be held against it',
};

// Six digits, years without a comma, large numbers in words; the title has every digit.
const sixDigits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6, useGrouping: 'min2' });
const told = x => (Math.abs(x) >= 1e12 ? `${minus(sixDigits.format(x / 1e12))}\u00a0tn` : Math.abs(x) >= 1e9 ? `${minus(sixDigits.format(x / 1e9))}\u00a0bn` : minus(sixDigits.format(x)));
const unitOf = unit => (unit ? ` ${unit}` : '');
const exact = (x, unit, text = told(x)) => element('span', { title: `${x}${unitOf(unit)}` }, text);
const verdictTag = verdict => element('span', { class: 'tag', style: `--paint: var(--${verdictPaints[verdict] ?? 'c0'})` }, verdict);

const claimsUnit = claim => unitOf(claim.unit);
const claimedValue = claim => element('b', {}, exact(claim.value, claim.unit), claim.value_max === undefined ? '' : ' to ', claim.value_max === undefined ? '' : exact(claim.value_max, claim.unit), claimsUnit(claim));

function usedFigure(used) {
  const from = used.run ? element('span', { class: 'from' }, `${used.run}: ${used.key}`) : undefined;
  return element('li', {}, `${used.name} = `, exact(used.value, used.unit), `${unitOf(used.unit)}${used.meaning ? `: ${used.meaning}` : ''}`, from);
}

// A multiplier of a table or a ratio of a building case is a figure of the ledger without a unit; what holds of all of them stands beside it.
const isRatio = used => used.name.startsWith('type_') || data.ledger.figures.some(figure => figure.name === used.name && !figure.unit);
const ratioCaveats = () => data.spending.knock_on.caveats.filter(text => !text.includes(data.spending.knock_on.table));

// Figures of runs are always told with their run and key; others when they are asked for.
function oursItem(ours) {
  const range = ours.low === undefined ? '' : element('span', {}, ' (', exact(ours.low, ours.unit), ' to ', exact(ours.high, ours.unit), ')');
  const simulated = ours.uses.filter(used => used.run), others = ours.uses.filter(used => !used.run);
  const list = used => element('ul', { class: 'uses' }, ...used.map(usedFigure));
  return element(
    'li',
    {},
    element('b', {}, exact(ours.value, ours.unit), unitOf(ours.unit)),
    range,
    `: ${ours.what}`,
    absent(simulated) ? undefined : list(simulated),
    element('details', {}, element('summary', {}, `= ${ours.is}`), absent(others) ? 'nothing but figures of the runs above' : list(others)),
  );
}

function oursCell(claim) {
  if (absent(claim.ours)) return element('td', { 'data-label': 'ours' }, element('span', { class: 'muted' }, 'nothing is computed'));
  const ratios = claim.ours.some(ours => ours.uses.some(isRatio));
  return element(
    'td',
    { 'data-label': 'ours' },
    element('ul', { class: 'ours' }, ...claim.ours.map(oursItem)),
    ratios ? element('span', { class: 'note beside' }, `What holds of ratios of input-output tables and of building cases: ${ratioCaveats().join('; ')}.`) : undefined,
  );
}

function verdictCell(claim) {
  const turn = r => element('li', {}, `rests on ${r.assumption}, `, exact(r.value, r.unit), `${unitOf(r.unit)}; turns at `, exact(r.turns_at, r.unit), unitOf(r.unit));
  return element(
    'td',
    { 'data-label': 'verdict' },
    verdictTag(claim.verdict),
    element('span', { class: claim.holds ? 'holds' : 'holds warn' }, claim.holds ? 'holds' : 'does not hold'),
    element('p', {}, claim.finding),
    claim.why ? element('p', {}, `Why: ${claim.why}.`.replace(/\.\.$/, '.')) : undefined,
    absent(claim.rests_on) ? undefined : element('ul', { class: 'uses' }, ...claim.rests_on.map(turn)),
  );
}

function claimRow(claim) {
  return element(
    'tr',
    { 'data-claim': claim.id, 'data-verdict': claim.verdict },
    element('td', {}, element('b', {}, claim.id), element('span', { class: 'note beside' }, claim.topic)),
    element('td', { 'data-label': 'claimed' }, claimedValue(claim), claim.year ? element('span', { class: 'muted' }, `, ${claim.year}`) : '', element('span', { class: 'beside' }, claim.says), element('span', { class: 'note beside' }, claim.source)),
    oursCell(claim),
    verdictCell(claim),
  );
}

// Buttons with the counts of verdicts, a search, and how many rows are left.
function ledgerFilters(claims, rows) {
  const found = rows.map(row => row.textContent.toLowerCase());
  const search = element('input', { type: 'search', placeholder: 'Search the ledger', 'aria-label': 'Search the ledger' });
  const left = element('span', { class: 'muted', role: 'status' });
  let shown = () => true;
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(word => word !== '');
    rows.forEach((row, i) => row.toggleAttribute('hidden', !(shown(claims[i]) && words.every(word => found[i].includes(word)))));
    left.textContent = `${rows.filter(row => !row.hidden).length} of ${rows.length} claims`;
  };
  const button = (label, count, wanted, meaning) => {
    const made = element('button', { type: 'button', 'aria-pressed': 'false', title: meaning }, label, ` ${count}`);
    made.addEventListener('click', () => {
      shown = wanted;
      for (const other of made.parentNode.children) other.setAttribute('aria-pressed', String(other === made));
      filter();
    });
    return made;
  };
  const verdicts = Object.entries(data.ledger.verdicts).filter(([, count]) => count > 0).sort((a, b) => Object.keys(verdictPaints).indexOf(a[0]) - Object.keys(verdictPaints).indexOf(b[0]));
  const buttons = element(
    'div',
    { class: 'verdicts', role: 'group', 'aria-label': 'Verdicts' },
    button('all', claims.length, () => true, 'every claim'),
    ...verdicts.map(([verdict, count]) => button(verdictTag(verdict), count, claim => claim.verdict === verdict, verdictMeanings[verdict] ?? verdict)),
    button('does not hold', data.ledger.do_not_hold, claim => !claim.holds, 'the rule of the verdict is not met'),
  );
  buttons.firstChild.setAttribute('aria-pressed', 'true');
  search.addEventListener('input', filter);
  filter();
  return element('div', { class: 'filters' }, buttons, search, left);
}

function drawLedger(ledger) {
  const claims = ledger.claims, rows = claims.map(claimRow);
  const meanings = Object.entries(verdictMeanings).filter(([verdict]) => ledger.verdicts[verdict] > 0);
  const heads = ['claim', 'what is claimed', 'what is ours', 'verdict'];
  const csvRows = () => [['id', 'says', 'value', 'value_max', 'unit', 'year', 'verdict', 'holds', 'finding', 'ours', 'low', 'high', 'unit_of_ours', 'what', 'is', 'runs'], ...claims.flatMap(c => (absent(c.ours) ? [{ uses: [] }] : c.ours).map(o => [c.id, c.says, c.value, c.value_max, c.unit, c.year, c.verdict, c.holds, c.finding, o.value, o.low, o.high, o.unit, o.what, o.is, o.uses.filter(u => u.run).map(u => `${u.run}: ${u.key}`).join('; ')]))];
  section(
    'ledger',
    'The ledger',
    element('h3', {}, ledger.title),
    element('p', { class: 'caption' }, `Claimed by ${ledger.source}. Each verdict is about the first figure of ours and is checked by its rule; the figures below it are other boundaries of the same claim. A figure with a run was read from that run's file.`),
    element('ul', { class: 'uses meanings' }, ...meanings.map(([verdict, meaning]) => element('li', {}, verdictTag(verdict), ` ${meaning}`))),
    ledgerFilters(claims, rows),
    element('table', { class: 'ledger' }, element('thead', {}, element('tr', {}, ...heads.map(text => element('th', {}, text)))), element('tbody', {}, ...rows)),
    saveButton('ledger', () => csv(csvRows())),
  );
}
