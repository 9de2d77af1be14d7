// HTML elements: sections, tables, closed tables below figures, CSV to save.

const report = document.getElementById('report');
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
  return element(
    'table',
    {},
    caption && element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...columns.map(c => cell('th', c, c.title)))),
    element('tbody', {}, ...rows.map(row => element('tr', {}, ...columns.map(c => cell('td', c, c.text(row)))))),
  );
}

// A closed table below a figure, built when it is first opened. `extra` is put under it.
function details(label, makeTable, extra) {
  const made = element('details', {}, element('summary', {}, label));
  made.addEventListener('toggle', () => made.append(element('div', { class: 'scroll', tabindex: '0' }, makeTable()), extra ?? ''), {
    once: true,
  });
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

const csvField = value => (/[",\n]/.test(value ?? '') ? `"${String(value).replaceAll('"', '""')}"` : (value ?? ''));
const csv = rows => rows.map(row => row.map(csvField).join(',')).join('\n') + '\n';
