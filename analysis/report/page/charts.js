// What all charts share: drawing, drawing again, zoom, tooltips, colours.

const charts = []; // {box, option, height, chart}; functions of the width, so that a chart can be drawn again
const printing = () => document.documentElement.classList.contains('printing');
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const font = () => getComputedStyle(document.body).fontFamily;

// `height`: width -> pixels; `describe` is what a screen reader says instead of the picture.
function chart(height, describe, option, className = 'chart') {
  const box = element('div', { class: className, role: 'img', 'aria-label': describe });
  charts.push({ box, option, height });
  return box;
}

function draw(entry, width = entry.box.clientWidth) {
  const zoom = entry.chart?.getOption()?.dataZoom?.[0];
  entry.chart?.dispose();
  entry.box.style.height = `${entry.height(width)}px`;
  entry.chart = echarts.init(entry.box, null, { renderer: 'svg', width });
  try {
    entry.chart.setOption({ animation: false, textStyle: { fontFamily: font(), color: colour('ink') }, ...entry.option(width) });
  } catch (error) {
    console.error(error);
    entry.chart.dispose();
    entry.chart = undefined;
    entry.box.replaceChildren('This chart could not be drawn; its numbers are in the table below.');
    entry.box.style.height = 'auto';
    return;
  }
  entry.chart.on('datazoom', () => followZoom(entry.chart));
  if (zoom) zoomTo(entry.chart, zoom);
}

const drawAll = width => charts.forEach(entry => draw(entry, width));

// One zoom for all charts over time. They share one span, so that per cents mean the same in each.
const zoomTo = (chart, { start, end }) => chart.dispatchAction({ type: 'dataZoom', start, end });
let following = false;
function followZoom(leader) {
  if (following) return;
  following = true;
  const zoom = leader.getOption().dataZoom[0];
  for (const { chart, box } of charts) {
    if (!chart?.getOption().dataZoom?.length) continue;
    if (chart !== leader) zoomTo(chart, zoom);
    const at = part => clock(span.min) + ((clock(span.max) - clock(span.min)) * part) / 100;
    chart.setOption({ xAxis: timeTicks(at(zoom.start), at(zoom.end), box.clientWidth) });
  }
  following = false;
}

function tooltip(extra) {
  return {
    confine: true,
    backgroundColor: colour('page'),
    borderColor: colour('rule'),
    padding: [8, 12],
    textStyle: { color: colour('ink'), fontSize: 13, fontFamily: font() },
    ...extra,
  };
}

function escapeHtml(text) {
  return String(text).replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
}
