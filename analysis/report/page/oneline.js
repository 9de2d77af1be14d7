// The one-line diagram: the power path as boxes and lines, at any event of the run.

// How a state looks. The sign and the word say it, too, for those who do not see the colour.
const looks = {
  live: { sign: '', word: 'live' },
  standby: { sign: '\u25cb', word: 'off, in reserve' },
  reserve: { sign: '\u25d0', word: 'on battery or generator, on bypass' },
  part: { sign: '\u25d4', word: 'partly without supply' },
  dark: { sign: '\u25cf', word: 'dark' },
  fault: { sign: '\u2715', word: 'failed or tripped' },
  work: { sign: '\u2692', word: 'in maintenance' },
};
const lookOfState = {
  off: 'standby',
  'cooling down': 'standby',
  starting: 'reserve',
  running: 'reserve',
  'on battery': 'reserve',
  bypass: 'reserve',
  dark: 'dark',
  'battery empty': 'dark',
  open: 'dark',
  failed: 'fault',
  'failed to start': 'fault',
  'out of fuel': 'fault',
  overloaded: 'fault',
  tripped: 'fault',
  maintenance: 'work',
};
// "1 of 2 failed" of a node that stands for several devices is part of it.
const lookOf = state => lookOfState[state] ?? (/^\d+ of \d+ /.test(state) ? 'part' : 'live');
const isDown = state => ['dark', 'fault', 'work'].includes(lookOf(state));

// The states of all elements after the first `count` events: {state, last}, by name; `last` is the event that set it.
function statesAfter(events, count) {
  const states = new Map();
  for (const event of events.slice(0, count)) states.set(event.element, { state: event.to, last: event });
  return states;
}

// Of a rack its strips decide, unless it went as a whole.
function memberState({ name, nodes }, states) {
  const of = node => states.get(node)?.state ?? 'live';
  if (nodes.length === 1 && nodes[0] === name) return of(name);
  if (isDown(of(name))) return of(name);
  const down = nodes.map(of).filter(isDown);
  if (down.length === 0) return 'live';
  return down.length < nodes.length ? 'on one feed' : down.every(state => state === down[0]) ? down[0] : 'dark';
}

const initialState = kind => (kind === 'generator' ? 'off' : 'live');

// {look, text} of a box.
function boxState(box, states) {
  const members = box.members ?? [];
  if (box.count === 1) {
    const known = members.length === 1 && members[0].nodes.concat(members[0].name).some(name => states.has(name));
    const state = known ? memberState(members[0], states) : initialState(box.kind);
    return state === 'on one feed' ? { look: 'part', text: state } : { look: lookOf(state), text: state };
  }
  const counts = new Map();
  for (const member of members) {
    const state = memberState(member, states);
    if (state !== 'live') counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const changed = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (changed === 0) return { look: lookOf(initialState(box.kind)), text: initialState(box.kind) };
  const text = [...counts].map(([state, count]) => (count === box.count ? `all ${state}` : `${count} ${state}`)).join(', ');
  const whole = counts.size === 1 && changed === box.count && !counts.has('on one feed');
  return { look: whole ? lookOf([...counts.keys()][0]) : 'part', text };
}

// A transfer switch takes one of its sources at a time, at first the preferred one; anything else takes all.
function takes(below, above, states) {
  const position = states.get(below.name)?.state ?? '';
  if (position === 'open') return false;
  if (position.startsWith('on ') && position !== 'on battery') return position === `on ${above.name}`;
  return below.preferred === undefined || below.preferred === above.name;
}

// A line carries power unless its breaker has tripped, its switch is on another source, or what feeds it is down.
function lineLook(line, i, boxes, states, tripped) {
  const above = boxes[line.from];
  const below = boxes[line.to];
  if (tripped.has(i)) return tripped.get(i) < (line.circuits ?? 1) ? 'part' : 'fault';
  const feeding = boxState(above, states);
  if (['dark', 'fault', 'work', 'standby'].includes(feeding.look) || feeding.text === 'starting') return 'dead';
  return below.count === 1 && above.count === 1 && !takes(below, above, states) ? 'dead' : 'energised';
}

function trippedCircuits(states) {
  const tripped = new Map();
  for (const [name, { state, last }] of states) {
    if (last.line === undefined || !isDown(state)) continue;
    tripped.set(last.line, (tripped.get(last.line) ?? 0) + 1);
  }
  return tripped;
}

// ---- drawing

// Its name is an address, and the page shall hold none; so it is asked of an element.
const svgSpace = new DOMParser().parseFromString('<svg></svg>', 'text/html').querySelector('svg').namespaceURI;

function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS(svgSpace, tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter(Boolean));
  return made;
}

const box = { height: 46, gap: 10, between: 44, least: 84, most: 168 };
const shortened = (text, width, size) => {
  const most = Math.floor((width - 8) / (0.55 * size));
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}\u2026`;
};

function oneLine({ boxes, lines, layers, events = [] }) {
  const inLayer = Array(layers).fill(0);
  for (const each of boxes) inLayer[each.layer]++;
  const widest = Math.max(...inLayer);
  const boxWidth = Math.min(box.most, Math.max(box.least, 1040 / widest - box.gap));
  const width = Math.max(320, widest * (boxWidth + box.gap));
  const height = layers * (box.height + box.between) - box.between + 4;
  const middle = each => each.place * width;
  const top = each => 2 + each.layer * (box.height + box.between);

  const wires = lines.map(({ from, to }) => {
    const [x1, y1, x2, y2] = [middle(boxes[from]), top(boxes[from]) + box.height, middle(boxes[to]), top(boxes[to])];
    const bend = (y1 + y2) / 2;
    return {
      path: svg('path', { d: `M${x1},${y1}C${x1},${bend} ${x2},${bend} ${x2},${y2}` }),
      gapMark: svg('text', { x: (x1 + x2) / 2, y: bend + 4, 'text-anchor': 'middle' }),
      title: svg('title'),
    };
  });
  const shapes = boxes.map(each => {
    const [x, y] = [middle(each), top(each)];
    const text = (dy, className) => svg('text', { x, y: y + dy, 'text-anchor': 'middle', class: className });
    const shape = { name: text(19, 'name'), state: text(36, 'state'), title: svg('title') };
    shape.group = svg(
      'g',
      {},
      shape.title,
      svg('rect', { x: x - boxWidth / 2, y, width: boxWidth, height: box.height, rx: 3 }),
      shape.name,
      shape.state,
    );
    shape.name.textContent = shortened(each.name, boxWidth, 13);
    return shape;
  });
  const picture = svg(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, width, height, class: 'oneline', role: 'img' },
    ...wires.map(wire => svg('g', {}, wire.title, wire.path, wire.gapMark)),
    ...shapes.map(shape => shape.group),
  );

  function lastChange(each, states) {
    const names = (each.members ?? []).flatMap(member => [member.name, ...member.nodes]);
    const last = names.map(name => states.get(name)?.last).filter(Boolean);
    if (last.length === 0) return 'No change so far.';
    return `Last change: ${eventText(last.reduce((a, b) => (events.indexOf(b) > events.indexOf(a) ? b : a)))}`;
  }

  function show(count) {
    const states = statesAfter(events, count);
    const tripped = trippedCircuits(states);
    const now = count > 0 ? events[count - 1] : undefined;
    boxes.forEach((each, i) => {
      const { look, text } = boxState(each, states);
      const plain = look === 'live' && text === 'live';
      const isNow = now && (each.members ?? []).some(member => member.name === now.element || member.nodes.includes(now.element));
      shapes[i].group.setAttribute('class', `box ${look}${isNow ? ' now' : ''}`);
      const load = each.limit ? `${each.peak} of ${each.limit}` : (each.peak ?? '');
      const words = plain && load ? each.peak : `${looks[look].sign} ${text}`.trim();
      shapes[i].state.classList.toggle('over', plain && Boolean(each.over));
      shapes[i].state.textContent = shortened(words, boxWidth, 11.5);
      shapes[i].title.textContent = `${each.name}: ${text}${load ? `, ${load}` : ''}. ${events.length ? lastChange(each, states) : ''}`.trim();
    });
    lines.forEach((line, i) => {
      const look = lineLook(line, i, boxes, states, tripped);
      wires[i].path.setAttribute('class', `line ${look}${now?.line === i ? ' now' : ''}`);
      wires[i].gapMark.textContent = tripped.has(i) ? '\u2715' : '';
      wires[i].gapMark.setAttribute('class', 'trip');
      const trips = tripped.has(i) ? `, ${tripped.get(i)} tripped` : '';
      wires[i].title.textContent = `${boxes[line.from].name} to ${boxes[line.to].name}: ${number(line.circuits ?? 1)} circuit${line.circuits > 1 ? 's' : ''}${trips}`;
    });
    const unusual = boxes.map(each => [each.name, boxState(each, states)]).filter(([, { look }]) => look !== 'live' && look !== 'standby');
    picture.setAttribute(
      'aria-label',
      `One-line diagram of ${boxes.length} elements. ${unusual.length ? unusual.map(([name, { text }]) => `${name}: ${text}`).join('; ') : 'All live'}.`,
    );
  }
  return { picture, show };
}

const eventText = ({ t_s, element: name, from, to, cause }) =>
  `${stampMs(t_s)}, ${name}: ${from ? `${from} to ` : ''}${to}${cause ? ` (${cause})` : ''}`;

function oneLineKey(used) {
  const item = look => element('span', {}, element('i', { class: `swatch ${look}` }, looks[look].sign), looks[look].word);
  return element(
    'div',
    { class: 'key oneline-key' },
    ...Object.keys(looks)
      .filter(look => used.has(look))
      .map(item),
    element('span', {}, element('i', { class: 'wire energised' }), 'energised'),
    used.has('dead') ? element('span', {}, element('i', { class: 'wire dead' }), 'not in use or without supply') : null,
  );
}

// What can be seen at one event or another.
function usedLooks({ boxes, events = [] }) {
  const used = new Set(['live']);
  if (boxes.some(each => each.kind === 'generator')) used.add('standby').add('dead');
  for (const { to } of events) used.add(lookOf(to));
  if (events.some(({ to }) => isDown(to))) used.add('dead');
  if (events.some(({ to }) => isDown(to)) && boxes.some(each => each.members?.length && (each.count > 1 || each.members[0].nodes.length > 1)))
    used.add('part');
  return used;
}

// A slider, two buttons and a list that move through the events together.
function eventControls(events, show) {
  const last = events.length;
  const slider = element('input', { type: 'range', min: 0, max: last, value: 0, 'aria-label': 'Event' });
  const list = element('select', { 'aria-label': 'Go to an event' });
  list.append(
    element('option', { value: 0 }, 'Before the first change'),
    ...events.map((event, i) => element('option', { value: i + 1 }, `${i + 1}. ${eventText(event)}`)),
  );
  const told = element('p', { class: 'note told', 'aria-live': 'polite' });
  const button = (label, step) => {
    const made = element('button', { type: 'button' }, label);
    made.addEventListener('click', () => go(Number(slider.value) + step));
    return made;
  };
  const back = button('\u2190 Previous', -1);
  const on = button('Next \u2192', 1);
  function go(to) {
    const at = Math.min(last, Math.max(0, to));
    slider.value = at;
    list.value = at;
    back.disabled = at === 0;
    on.disabled = at === last;
    told.textContent = at === 0 ? `Before the first of ${number(last)} changes.` : `${number(at)} of ${number(last)}: ${eventText(events[at - 1])}`;
    show(at);
  }
  slider.addEventListener('input', () => go(Number(slider.value)));
  list.addEventListener('change', () => go(Number(list.value)));
  return { controls: element('div', { class: 'controls' }, back, slider, on, list, told), go };
}

// Where most is wrong: a good picture to begin with.
function worstEvent({ boxes, events }) {
  const known = new Map(boxes.flatMap((each, i) => (each.members ?? []).flatMap(member => [member.name, ...member.nodes].map(name => [name, i]))));
  const down = new Set();
  let most = 0;
  let at = 0;
  events.forEach(({ element: name, to }, i) => {
    if (!known.has(name)) return;
    isDown(to) ? down.add(name) : down.delete(name);
    if (down.size > most) [most, at] = [down.size, i + 1];
  });
  while (at > 0 && at < events.length && events[at].t_s === events[at - 1].t_s) at++; // what followed at once
  return at;
}

function drawDiagram(diagram) {
  const events = diagram.events ?? [];
  const { picture, show } = oneLine(diagram);
  const { controls, go } = events.length ? eventControls(events, show) : { controls: null, go: show };
  const says = events.length
    ? 'The power path, sources at the top, at one event of the run; move through the events with the buttons or the slider.'
    : 'The power path, sources at the top, each with its peak as a share of the limit that binds first. Nothing changed its state in this run.';
  section(
    'diagram',
    events.length ? 'The power path, event by event' : 'The power path',
    element(
      'figure',
      {},
      element('figcaption', {}, `${says} ${diagram.note ?? ''}`),
      controls,
      oneLineKey(usedLooks(diagram)),
      element('p', { class: 'note sideways' }, 'Wider than this screen: move it sideways.'),
      element('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'One-line diagram' }, picture),
    ),
  );
  go(events.length ? worstEvent(diagram) : 0);
}
