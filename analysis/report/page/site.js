// What surrounds the servers, over time: one panel below the other.
function drawSite({ times_s, end_s, panels }) {
  const drawn = panels
    .map(panel => ({ ...panel, by: 1, times_s, end_s, lines: panel.lines.map(line => ({ ...line, mean: line.mean })) }))
    .filter(panel => panel.lines.some(line => known(line.mean).length > 0));
  if (drawn.length === 0) return;
  section(
    'site',
    'The site around the servers',
    element(
      'figure',
      {},
      element('figcaption', {}, `Lines are means of ${duration((end_s - times_s[0]) / times_s.length)}. ${clockNote}`),
      ...drawn.map(panel => timePanel(panel, 130)),
      timeDetails('site', drawn),
    ),
  );
}
