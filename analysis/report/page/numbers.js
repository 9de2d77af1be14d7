// The data, and how its numbers and times are written.
'use strict';

const data = JSON.parse(document.getElementById('data').textContent);

const groups = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 15 });
const minus = text => text.replace(/^-(?=[\d.])/, '\u2212'); // of a number; a word keeps its hyphen

// Three or so significant digits: 1,234  56.7  8.90
function number(x) {
  if (x === null || x === undefined) return '';
  const size = Math.abs(x);
  const digits = size === 0 || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return minus(groups.format(Number(x.toFixed(digits))));
}

const percent = share => minus(`${(100 * share).toFixed(1)}\u00a0%`);

// The unit that suits the largest of some values: {unit, by}, to divide by.
const powerUnit = top => (top >= 20000 ? { unit: 'MW', by: 1000 } : { unit: 'kW', by: 1 });
const energyUnit = top => (top >= 2e7 ? { unit: 'GWh', by: 1e6 } : top >= 2e4 ? { unit: 'MWh', by: 1000 } : { unit: 'kWh', by: 1 });

function duration(s) {
  if (s < 60) return `${number(s)}\u00a0s`;
  if (s < 5400) return `${number(Math.round(s / 6) / 10)}\u00a0min`;
  if (s < 172800) return `${number(Math.round(s / 360) / 10)}\u00a0h`;
  return `${number(Math.round(s / 8640) / 10)}\u00a0d`;
}

// Hours, minutes and seconds, exact to the millisecond: 0:05:31.2
function clockLength(s) {
  const ms = Math.round(s * 1000);
  const two = value => String(value).padStart(2, '0');
  const rest = ms % 1000 ? `.${String(ms % 1000).padStart(3, '0')}`.replace(/0+$/, '') : '';
  return `${Math.floor(ms / 3600000)}:${two(Math.floor(ms / 60000) % 60)}:${two(Math.floor(ms / 1000) % 60)}${rest}`;
}

// The clock of the page: seconds since start -> milliseconds whose UTC fields read as the site's wall clock at `start`.
const offset = /([+-]\d\d:\d\d)$/.exec(data.start)?.[1] ?? '+00:00';
const offsetMs = Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))) * 60000;
const clock = t_s => Date.parse(data.start) + offsetMs + t_s * 1000;
const stamp = (t_s, seconds = false) =>
  new Date(clock(t_s))
    .toISOString()
    .slice(0, seconds ? 19 : 16)
    .replace('T', ' ');
// To the millisecond, where it is not a whole second.
function stampMs(t_s) {
  const ms = Math.round(clock(t_s));
  return new Date(ms).toISOString().slice(0, ms % 1000 === 0 ? 19 : 23).replace('T', ' ');
}
const clockNote = `Times are at UTC${minus(offset)}${data.zone ? `, the offset of ${data.zone} at the start` : ''}.`;
