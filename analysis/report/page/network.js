// The network: traffic over time, links as a heat map, the fabric as it was loaded.

// Of a share of a link's rate: from the page's own grey to one blue, orange beyond what it can carry.
function loadColour(share) {
  if (share > 1.0001) return colour('c2');
  const part = Math.max(0, Math.min(1, share));
  return `color-mix(in oklab, ${colour('c1')} ${Math.round(8 + 92 * part)}%, ${colour('wash')})`;
}

const svgElement = (tag, attributes = {}, ...children) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const hint = text => svgElement('title', {}, text);

function loadKey() {
  const steps = [0, 0.25, 0.5, 0.75, 1].map(share => {
    const box = element('i', {});
    box.style.background = loadColour(share);
    return element('span', {}, box, percent(share));
  });
  return element('div', { class: 'key' }, ...steps);
}

function heatMap({ bucket_s, rows }) {
  const height = rows.length > 60 ? 6 : 14;
  const left = 190;
  const width = 1000;
  const columns = Math.max(...rows.map(row => row.shares.length));
  const cell = (width - left) / columns;
  const drawing = svgElement('svg', { viewBox: `0 0 ${width} ${rows.length * height + 18}`, class: 'heat', role: 'img', 'aria-label': `Load of ${rows.length} links over time` });
  rows.forEach((row, y) => {
    const name = `${row.from} > ${row.to}`;
    if (height >= 12) drawing.append(svgElement('text', { x: left - 6, y: y * height + 11, 'text-anchor': 'end' }, name.length > 34 ? `${name.slice(0, 33)}\u2026` : name));
    row.shares.forEach((share, x) => {
      const box = svgElement('rect', { x: left + x * cell, y: y * height, width: cell + 0.3, height: height - 0.6 });
      box.style.fill = loadColour(share);
      box.append(hint(`${name}, from ${stamp(x * bucket_s)}: ${percent(share)}, ${number(share * row.rate_gbit_s)} Gbit/s`));
      drawing.append(box);
    });
  });
  [0, 0.5, 1].forEach(part =>
    drawing.append(
      svgElement('text', { x: left + part * (width - left), y: rows.length * height + 14, 'text-anchor': ['start', 'middle', 'end'][2 * part] }, stamp(part * columns * bucket_s)),
    ),
  );
  return drawing;
}

// Switches in rows by tier; in a circle where links join switches of one tier.
function placeSwitches(links) {
  const tier = new Map();
  const higher = links.filter(link => !link.wan);
  for (const link of higher) {
    const [low, high] = [link.from, link.to].sort();
    for (const name of [low, high]) if (!tier.has(name)) tier.set(name, 0);
  }
  const rank = name => (/\/leaf-/.test(name) ? 0 : /\/(spine|aggregation)-/.test(name) ? 1 : /\/core-/.test(name) ? 2 : undefined);
  const flat = [...tier.keys()].some(name => rank(name) === undefined);
  for (const link of links.filter(each => each.wan)) for (const name of [link.from, link.to]) if (!tier.has(name)) tier.set(name, 3);
  const names = [...tier.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const place = new Map();
  if (flat) {
    names.forEach((name, i) => {
      const angle = (2 * Math.PI * i) / names.length;
      place.set(name, [500 + 430 * Math.sin(angle), 230 - 200 * Math.cos(angle)]);
    });
    return { place, height: 470 };
  }
  const rows = [3, 2, 1, 0].map(level => names.filter(name => (tier.get(name) === 3 ? 3 : rank(name)) === level)).filter(row => row.length > 0);
  rows.forEach((row, y) => row.forEach((name, x) => place.set(name, [(1000 * (x + 0.5)) / row.length, 24 + y * 110])));
  return { place, height: 60 + 110 * (rows.length - 1) };
}

function fabricDrawing(links) {
  const { place, height } = placeSwitches(links);
  const drawing = svgElement('svg', { viewBox: `0 0 1000 ${height}`, class: 'fabric', role: 'img', 'aria-label': `${place.size} switches and the links between them` });
  for (const link of links) {
    const [[x1, y1], [x2, y2]] = [place.get(link.from), place.get(link.to)];
    const line = svgElement('line', { x1, y1, x2, y2, 'stroke-width': 0.8 + 3 * Math.min(1, link.peak_share) });
    line.style.stroke = loadColour(link.peak_share);
    line.append(hint(`${link.from} - ${link.to}: ${link.links > 1 ? `${link.links} links, ` : ''}${percent(link.peak_share)} in the fullest interval`));
    drawing.append(line);
  }
  const labels = place.size <= 48;
  for (const [name, [x, y]] of place) {
    const box = svgElement('rect', { x: x - 5, y: y - 5, width: 10, height: 10, rx: name.includes('/') ? 1 : 5 });
    box.append(hint(name));
    drawing.append(box);
    if (labels) drawing.append(svgElement('text', { x, y: y + 17, 'text-anchor': 'middle' }, name.split('/').pop()));
  }
  return drawing;
}

function drawNetwork({ times_s, end_s, series, heat, drawing, fullest, interval_s, note }) {
  const fabrics = [...new Set(series.map(line => line.fabric))];
  const panels = fabrics.map(fabric => {
    const members = series.filter(line => line.fabric === fabric);
    const size = largest(members.flatMap(line => known(line.mean_gbit_s)));
    return { title: fabric, unit: 'Gbit/s', by: 1, size, times_s, end_s, lines: members.map(line => ({ name: line.name.slice(fabric.length + 1), mean: line.mean_gbit_s })) };
  });
  const columns = [
    { title: 'from', text: link => link.from },
    { title: 'to', text: link => link.to },
    { title: 'Gbit/s', text: link => number(link.rate_gbit_s), num: true },
    { title: `fullest ${duration(interval_s)}`, text: link => percent(link.peak_share), num: true },
    { title: 'mean', text: link => percent(link.mean_share), num: true },
  ];
  const figures = [
    element('figure', {}, element('figcaption', {}, `${note} Lines are means, all links of a tier together. ${clockNote}`), ...panels.map(panel => timePanel(panel, 170)), timeDetails('network', panels)),
  ];
  if (heat)
    figures.push(
      element('figure', {}, element('h3', {}, 'Load of links'), element('figcaption', {}, `Share of each link's rate, means of ${duration(heat.bucket_s)}; the links that carried most.`), loadKey(), element('div', { class: 'scroll' }, heatMap(heat)),
        details('Table: share of each link', () => table([{ title: 'from', text: row => row.from }, { title: 'to', text: row => row.to }, { title: 'highest', text: row => percent(Math.max(...row.shares)), num: true }], heat.rows),
          saveButton('links', () => csv([['from', 'to', 'from_s', 'share'], ...heat.rows.flatMap(row => row.shares.map((share, x) => [row.from, row.to, x * heat.bucket_s, share]))])))),
    );
  if (drawing) {
    for (const fabric of new Set(drawing.map(link => link.fabric)))
      figures.push(element('figure', {}, element('h3', {}, `The fabric ${fabric}`), element('figcaption', {}, `Switches and the links between them; colour and width are the fullest ${duration(interval_s)} of each.`), loadKey(), fabricDrawing(drawing.filter(link => link.fabric === fabric))));
  }
  figures.push(element('figure', {}, element('h3', {}, 'The fullest links'), element('div', { class: 'scroll' }, table(columns, fullest))));
  section('network', 'Network', ...figures);
}
