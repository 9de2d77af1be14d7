// The page of a programme.
report.append(element("h1", {}, data.title));
